package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder with {@code model.json} and the weights that it lists, each of which had its stated digest when this was
 * opened or written. Packages are never changed once written.
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
        StagedPackage written = StagedPackage.copied(weights, directory, manifest);
        return new ModelPackage(written.directory(), written.manifest());
    }

    /**
     * Writes a package of one member around an archive on the same disk, without a copy: the package's file is the archive
     * under a second name (a copy only where the file system knows no hard links). So whoever owns the archive must replace
     * it, never write into it. Nothing is read: whoever kept the archive has read it to its digest.
     *
     * @param directory as {@link #write} takes it
     * @param archive the weights
     * @param manifest the content; its one member states the digest of the archive
     * @throws JobException OUTPUT_FAILED as {@link #write} says, MODEL_INVALID if there are other members
     */
    public static ModelPackage around(Path archive, Path directory, ModelManifest manifest) {
        StagedPackage written = StagedPackage.around(archive, directory, manifest);
        return new ModelPackage(written.directory(), written.manifest());
    }

    /**
     * Moves the package, as a whole; its bytes stay as they are and are not read again.
     *
     * @param place on the same disk; nothing may be there
     */
    public ModelPackage movedTo(Path place) throws IOException {
        Files.move(directory, place, StandardCopyOption.ATOMIC_MOVE);
        return new ModelPackage(place, manifest);
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

    /**
     * The manifest of a package that has all the weights files it lists, whatever is in them: for those who check the bytes
     * in another way.
     *
     * @throws JobException as {@link #open} says, without MODEL_DIGEST_MISMATCH
     */
    public static ModelManifest complete(Path directory) {
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
            member.requireDigest(Digest.of(weights(member)));
        } catch (IOException e) {
            throw unreadable(member.file(), e);
        }
    }

    private static JobException unreadable(String file, IOException cause) {
        return new JobException(FailureCode.STORAGE_UNAVAILABLE, file + " of the model package cannot be read", cause);
    }
}
