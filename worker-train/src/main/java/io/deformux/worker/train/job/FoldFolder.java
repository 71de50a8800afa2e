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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fold's folder. The checkpoint decides what is true: it names the best network by its digest, and that network is kept
 * under its digest ({@code .best-DIGEST.pt}) from before the checkpoint names it until another one does; {@code best.pt} is
 * that file under a second name. So what two workers write, or one that is killed at any moment, never mixes. Files are
 * written beside their place and renamed; an interrupt does not disturb that. One thread.
 *
 * <p>Whoever comes last owns the folder, and says so in {@code .owner}: one before it, who may not have heard yet that its
 * fold is another's, changes nothing any more. Should it have been stopped between its look and its change, that does no
 * harm: the owner has its best network in a directory of its own too, and puts it back.
 */
final class FoldFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FoldFolder.class);
    private static final String KEPT = ".best-";
    private static final String ARCHIVE = ".pt";
    private static final String OWNER = ".owner";

    private final Path path;
    private final Scratch own;

    /** Takes the folder, which is made if it is not there, and deletes what dead workers have left in it. */
    FoldFolder(Path path) {
        this.path = path;
        own = writing("the fold's folder cannot be made", () -> {
            Files.createDirectories(path);
            Scratch.sweep(path);
            return Scratch.in(path);
        });
        try {
            writing("the fold's folder cannot be taken", () -> {
                Path staged = Files.writeString(own.path().resolve(OWNER), own.id());
                replace(staged, path.resolve(OWNER));
                return path;
            });
        } catch (JobException e) {
            own.close();
            throw e;
        }
    }

    /** Ends what this worker still changes; the folder has no owner then. */
    @Override
    public void close() {
        try {
            writing("the fold's folder cannot be given up", () -> {
                if (isOwned()) {
                    Files.deleteIfExists(path.resolve(OWNER));
                }
                return path;
            });
        } catch (JobException e) {
            LOG.warn("{}; the next worker takes it all the same", e.getMessage());
        } finally {
            own.close();
        }
    }

    private boolean isOwned() throws IOException {
        Path owner = path.resolve(OWNER);
        return Files.exists(owner) && Files.readString(owner).equals(own.id());
    }

    private void requireOwned() throws IOException {
        if (!isOwned()) {
            throw new JobException(
                    FailureCode.JOB_CANCELLED, "another worker has taken this fold; what it writes stays as it is");
        }
    }

    /** The file of the best network, which has been read and has that digest. */
    Path best(String sha256) {
        return writing("the best network cannot be read", () -> {
            requireOwned();
            show(Optional.of(sha256));
            if (!isBest(sha256)) {
                throw gone();
            }
            return shown();
        });
    }

    private Path shown() {
        return path.resolve(FoldJob.BEST);
    }

    /** The checkpoint to go on from; its best network is in its place then. */
    Optional<TrainingCheckpoint> checkpoint(String identity) {
        Path file = path.resolve(FoldJob.CHECKPOINT);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file, identity);
        writing("the best network cannot be put in its place", () -> {
            show(checkpoint.best());
            if (checkpoint.best().isPresent()) {
                HardLink.orCopy(shown(), held(checkpoint.best().get()));
            }
            return shown();
        });
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
                requireOwned();
                replace(staged, held(sha256));
                restore(sha256);
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
                requireOwned();
                replace(staged, path.resolve(FoldJob.CHECKPOINT));
            }
            return show(checkpoint.best());
        });
    }

    /** Gives the best network its name, and lets the others go. */
    private Path show(Optional<String> best) throws IOException {
        if (best.isEmpty()) {
            return shown();
        }
        restore(best.get());
        Path kept = kept(best.get());
        if (Files.notExists(kept) && !isBest(best.get())) {
            throw gone();
        }
        if (Files.exists(kept) && !(Files.exists(shown()) && Files.isSameFile(kept, shown()))) {
            try (Scratch work = Scratch.in(path)) {
                Path link = work.path().resolve(FoldJob.BEST);
                HardLink.orCopy(kept, link);
                replace(link, shown());
            }
        }
        deleteBut(kept, path, KEPT + "*" + ARCHIVE);
        deleteBut(held(best.get()), own.path(), KEPT + "*" + ARCHIVE);
        return shown();
    }

    /** Keeps a network that is held here under its digest, also where somebody has taken it away. */
    private void restore(String sha256) throws IOException {
        Path held = held(sha256);
        if (Files.exists(held) && Files.notExists(kept(sha256))) {
            Path link = own.path().resolve(FoldJob.BEST);
            HardLink.orCopy(held, link);
            replace(link, kept(sha256));
        }
    }

    private static void deleteBut(Path one, Path folder, String names) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
            for (Path each : all) {
                if (!each.equals(one)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private static JobException gone() {
        return new JobException(
                FailureCode.CHECKPOINT_INVALID,
                "the best network that the training checkpoint names is gone: delete the fold's folder to start it"
                        + " anew");
    }

    private boolean isBest(String sha256) throws IOException {
        return Files.exists(shown()) && Digest.of(shown()).equals(sha256);
    }

    private Path kept(String sha256) {
        return path.resolve(name(sha256));
    }

    private Path held(String sha256) {
        return own.path().resolve(name(sha256));
    }

    private static String name(String sha256) {
        return KEPT + sha256.substring(0, 16) + ARCHIVE;
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
