package io.deformux.storage;

import java.nio.file.Path;
import java.util.List;

/**
 * What events may refer to. Nothing is allowed that is not listed.
 *
 * @param inputRoots folders below which {@code file:} inputs may lie, absolute
 * @param outputRoots folders below which {@code file:} outputs may be written, absolute
 * @param limits how much one input may bring, from wherever
 */
public record AccessPolicy(List<Path> inputRoots, List<Path> outputRoots, InputLimits limits) {

    /** Copies the lists and checks that the roots are absolute; throws {@link IllegalArgumentException} otherwise. */
    public AccessPolicy {
        inputRoots = absolute(inputRoots);
        outputRoots = absolute(outputRoots);
    }

    /** Folders for inputs and outputs, and the default limits. */
    public static AccessPolicy files(List<Path> inputRoots, List<Path> outputRoots) {
        return new AccessPolicy(inputRoots, outputRoots, InputLimits.DEFAULT);
    }

    /** The same with other limits. */
    public AccessPolicy withLimits(InputLimits other) {
        return new AccessPolicy(inputRoots, outputRoots, other);
    }

    private static List<Path> absolute(List<Path> roots) {
        for (Path root : roots) {
            if (!root.isAbsolute()) {
                throw new IllegalArgumentException("an allowed root must be an absolute path: " + root);
            }
        }
        return roots.stream().map(Path::normalize).toList();
    }
}
