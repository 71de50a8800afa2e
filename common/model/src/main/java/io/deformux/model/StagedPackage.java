package io.deformux.model;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.HardLink;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A package that was filled beside its place and moved there as a whole. {@link ModelPackage} says what each way promises.
 *
 * @param directory its place
 * @param manifest its content
 */
record StagedPackage(Path directory, ModelManifest manifest) {

    /** Puts the weights into a new folder and says what the manifest is to be. */
    private interface Filling {
        ModelManifest into(Path folder) throws IOException;
    }

    /** Copies each archive while it is digested. */
    static StagedPackage copied(List<Path> weights, Path directory, ModelManifest manifest) {
        return of(directory, folder -> {
            for (int n = 0; n < weights.size(); n++) {
                copy(weights.get(n), folder, manifest.members().get(n));
            }
            return manifest;
        });
    }

    /** Gives the archive a second name. */
    static StagedPackage around(Path archive, Path directory, ModelManifest manifest) {
        Invalid.unless(manifest.members().size() == 1, "a package around one archive must have one member");
        return of(directory, folder -> {
            link(archive, folder.resolve(manifest.members().get(0).file()));
            return manifest;
        });
    }

    private static StagedPackage of(Path directory, Filling filling) {
        Path target = directory.toAbsolutePath().normalize();
        Scratch.sweep(target.getParent());
        // Beside the target, because only a move within one file system is atomic.
        try (Scratch scratch = beside(target)) {
            Path folder = Files.createDirectory(scratch.path().resolve("package"));
            ModelManifest manifest = filling.into(folder);
            byte[] json = ManifestJson.write(manifest);
            Invalid.unless(json.length <= ManifestJson.MOST_BYTES, "the provenance is too large for a manifest");
            Files.write(
                    folder.resolve(ModelManifest.FILE),
                    json,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SYNC,
                    StandardOpenOption.WRITE);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            return new StagedPackage(target, manifest);
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static Scratch beside(Path target) {
        try {
            return Scratch.in(target.getParent());
        } catch (JobException e) {
            throw notWritten(e); // here it is the place of the package, not the folder of running jobs
        }
    }

    private static JobException notWritten(Exception e) {
        return new JobException(
                DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                "the model package cannot be written; its folder must be new or empty, and its parent writable",
                e);
    }

    private static void copy(Path archive, Path folder, Member member) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                FileChannel out = FileChannel.open(
                        folder.resolve(member.file()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            member.requireDigest(Digest.copy(in, Channels.newOutputStream(out)));
            out.force(true);
        }
    }

    private static void link(Path archive, Path to) throws IOException {
        HardLink.orCopy(archive, to);
        try (FileChannel file = FileChannel.open(to, StandardOpenOption.READ)) {
            file.force(true);
        }
    }
}
