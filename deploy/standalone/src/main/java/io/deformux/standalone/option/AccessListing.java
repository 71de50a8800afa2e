package io.deformux.standalone.option;

import io.deformux.storage.AccessFile;
import io.deformux.storage.AccessPolicy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What {@code --access} lists, and with it the folders that other options name.
 *
 * @param listed by the file; nothing without one
 */
public record AccessListing(AccessPolicy listed) {
    /**
     * Reads the file, if one is given.
     *
     * @throws ParameterException if it cannot be read or says what cannot be
     */
    public static AccessListing of(Optional<Path> file, CommandSpec spec) {
        try {
            return new AccessListing(
                    file.map(AccessFile::read).orElseGet(() -> AccessPolicy.files(List.of(), List.of())));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), "--access " + file.get() + ": " + e.getMessage(), e);
        }
    }

    /** Folders for inputs: those that are listed, and these. */
    List<Path> inputsAnd(List<Path> roots) {
        return both(listed.inputRoots(), roots);
    }

    /** Folders for outputs: those that are listed, and these. */
    public List<Path> outputsAnd(List<Path> roots) {
        return both(listed.outputRoots(), roots);
    }

    private static List<Path> both(List<Path> listed, List<Path> roots) {
        return Stream.concat(listed.stream(), roots.stream().map(Path::toAbsolutePath))
                .toList();
    }
}
