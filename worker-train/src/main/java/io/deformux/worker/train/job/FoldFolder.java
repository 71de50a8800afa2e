package io.deformux.worker.train.job;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import io.deformux.storage.Digest;
import io.deformux.storage.HardLink;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A fold's folder. The checkpoint decides what is true: it names the best network by its digest, and that network is kept
 * under its digest ({@code .best-DIGEST.pt}) from before the checkpoint names it until another one does; {@code best.pt} is
 * that file under a second name. So what two workers write, or one that is killed at any moment, never mixes. Files are
 * written beside their place and renamed; an interrupt does not disturb that. One thread.
 */
final class FoldFolder {
    private static final String KEPT = ".best-";
    private static final String ARCHIVE = ".pt";

    private final Path path;

    /** Makes the folder if it is not there, and deletes what dead workers have left in it. */
    FoldFolder(Path path) {
        this.path = path;
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw failed("the fold's folder cannot be made", e);
        }
        Scratch.sweep(path);
    }

    /** The file of the best network, once there is a checkpoint that names one. */
    Path best() {
        return path.resolve(FoldJob.BEST);
    }

    /** The checkpoint to go on from; its best network is in its place then. */
    Optional<TrainingCheckpoint> checkpoint(String identity) {
        Path file = path.resolve(FoldJob.CHECKPOINT);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file, identity);
        writing("the best network cannot be put in its place", () -> show(checkpoint.best()));
        return Optional.of(checkpoint);
    }

    /** Keeps a network that may become the best; gives its digest, by which a checkpoint is to name it. */
    String keep(NetworkConfig config, Weights weights) {
        return writing("the trained network cannot be written", () -> {
            try (Scratch work = Scratch.in(path)) {
                Path staged = work.path().resolve(FoldJob.BEST);
                TorchScriptArchive.write(staged, config.program(), weights, Precision.FP32);
                try (FileChannel file = FileChannel.open(staged, StandardOpenOption.WRITE)) {
                    file.force(true);
                }
                String sha256 = Digest.of(staged);
                replace(staged, kept(sha256));
                return sha256;
            }
        });
    }

    /**
     * Writes a checkpoint, and puts the network that it names in its place.
     *
     * @param owned called when all is written and before any of it is seen; what it throws leaves all as it was
     */
    void keep(TrainingCheckpoint checkpoint, Runnable owned) {
        writing("the training checkpoint cannot be written", () -> {
            try (Scratch work = Scratch.in(path)) {
                Path staged = work.path().resolve(FoldJob.CHECKPOINT);
                checkpoint.write(staged);
                owned.run();
                replace(staged, path.resolve(FoldJob.CHECKPOINT));
            }
            return show(checkpoint.best());
        });
    }

    /** Gives the best network its name, and lets the others go. */
    private Path show(Optional<String> best) throws IOException {
        if (best.isEmpty()) {
            return best();
        }
        Path kept = kept(best.get());
        if (Files.notExists(kept) && !isBest(best.get())) {
            throw new JobException(
                    FailureCode.CHECKPOINT_INVALID,
                    "the best network that the training checkpoint names is gone: delete the fold's folder to start it"
                            + " anew");
        }
        if (Files.exists(kept) && !(Files.exists(best()) && Files.isSameFile(kept, best()))) {
            try (Scratch work = Scratch.in(path)) {
                Path link = work.path().resolve(FoldJob.BEST);
                HardLink.orCopy(kept, link);
                replace(link, best());
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path, KEPT + "*" + ARCHIVE)) {
            for (Path each : all) {
                if (!each.equals(kept)) {
                    Files.deleteIfExists(each);
                }
            }
        }
        return best();
    }

    private boolean isBest(String sha256) throws IOException {
        return Files.exists(best()) && Digest.of(best()).equals(sha256);
    }

    private Path kept(String sha256) {
        return path.resolve(KEPT + sha256.substring(0, 16) + ARCHIVE);
    }

    private static void replace(Path staged, Path place) throws IOException {
        Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private interface Writing<T> {
        T write() throws IOException;
    }

    private static <T> T writing(String failure, Writing<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.write();
        } catch (IOException e) {
            throw failed(failure, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static JobException failed(String what, IOException e) {
        return new JobException(
                DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                what + ": " + IoReason.of(e) + "; look at the disk of the output",
                e);
    }
}
