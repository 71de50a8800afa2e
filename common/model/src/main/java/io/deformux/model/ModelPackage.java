package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A folder with {@code model.json} and the weights that it lists, each of which had its stated digest when this was
 * opened. Packages are never changed once written.
 */
public final class ModelPackage {
    private final Path directory;
    private final ModelManifest manifest;

    private ModelPackage(Path directory, ModelManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /**
     * Opens a package and reads every weights file once, to its digest.
     *
     * @throws JobException MODEL_NOT_FOUND if there is no such folder, MODEL_INVALID if it is incomplete or contradicts
     *     itself, MODEL_DIGEST_MISMATCH, or STORAGE_UNAVAILABLE if it cannot be read
     */
    public static ModelPackage open(Path directory) {
        ModelPackage opened = new ModelPackage(directory, complete(directory));
        for (Member member : opened.manifest.members()) {
            opened.verify(member);
        }
        return opened;
    }

    /**
     * Writes a package: the folder appears as a whole or not at all.
     *
     * @param directory the folder to make; it must not be there yet, or be empty
     * @param manifest its content; {@link Member#of} gives the digests
     * @param weights the weights archives, one per member and in the order of the members; they are copied
     * @throws JobException MODEL_DIGEST_MISMATCH if an archive is not what its member states, OUTPUT_FAILED if the
     *     folder cannot be written
     */
    public static ModelPackage write(Path directory, ModelManifest manifest, List<Path> weights) {
        Invalid.unless(
                weights.size() == manifest.members().size(),
                weights.size() + " weights archives for " + manifest.members().size() + " members");
        byte[] json = ManifestJson.write(manifest);
        Invalid.unless(json.length <= ManifestJson.MOST_BYTES, "the provenance is too large for a manifest");
        Path target = directory.toAbsolutePath().normalize();
        // Beside the target, because only a move within one file system is atomic.
        try (Scratch scratch = Scratch.in(target.getParent())) {
            Path staged = Files.createDirectory(scratch.path().resolve("package"));
            for (int n = 0; n < weights.size(); n++) {
                copy(weights.get(n), staged, manifest.members().get(n));
            }
            Files.write(
                    staged.resolve(ModelManifest.FILE),
                    json,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SYNC,
                    StandardOpenOption.WRITE);
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UncheckedIOException e) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED,
                    "the model package cannot be written; its folder must be new or empty, and its parent writable",
                    e);
        }
        return new ModelPackage(target, manifest);
    }

    /** The folder. */
    public Path directory() {
        return directory;
    }

    /** What {@code model.json} says. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** Name and version. */
    public ModelId id() {
        return manifest.id();
    }

    /** The digest that stands for the package in events, see {@link ModelManifest#digest()}. */
    public String digest() {
        return manifest.digest();
    }

    /** The weights archives, in the order of the members. */
    public List<Path> weights() {
        return manifest.members().stream().map(this::weights).toList();
    }

    static ModelManifest manifest(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new JobException(FailureCode.MODEL_NOT_FOUND, "there is no model package folder at the given path");
        }
        Path file = directory.resolve(ModelManifest.FILE);
        Invalid.unless(Files.isRegularFile(file), "the package has no " + ModelManifest.FILE);
        try (InputStream in = Files.newInputStream(file)) {
            return ManifestJson.read(in.readNBytes(ManifestJson.MOST_BYTES + 1));
        } catch (IOException e) {
            throw unreadable(ModelManifest.FILE, e);
        }
    }

    /** The manifest of a package that has all the weights files it lists, whatever is in them. */
    static ModelManifest complete(Path directory) {
        ModelManifest manifest = manifest(directory);
        for (Member member : manifest.members()) {
            Invalid.unless(
                    Files.isRegularFile(directory.resolve(member.file())),
                    "the package lacks the weights file " + member.file() + "; copy the package again");
        }
        return manifest;
    }

    private Path weights(Member member) {
        return directory.resolve(member.file());
    }

    private void verify(Member member) {
        try {
            requireDigest(member, Digest.of(weights(member)));
        } catch (IOException e) {
            throw unreadable(member.file(), e);
        }
    }

    private static void copy(Path archive, Path folder, Member member) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                FileChannel out = FileChannel.open(
                        folder.resolve(member.file()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            requireDigest(member, Digest.copy(in, Channels.newOutputStream(out)));
            out.force(true);
        }
    }

    private static void requireDigest(Member member, String sha256) {
        if (!sha256.equals(member.sha256())) {
            throw new JobException(
                    FailureCode.MODEL_DIGEST_MISMATCH,
                    member.file() + " has sha256 " + sha256 + " and not the stated " + member.sha256()
                            + "; copy the package again");
        }
    }

    private static JobException unreadable(String file, IOException cause) {
        return new JobException(FailureCode.STORAGE_UNAVAILABLE, file + " of the model package cannot be read", cause);
    }
}
