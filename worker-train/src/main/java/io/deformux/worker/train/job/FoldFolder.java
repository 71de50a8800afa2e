package io.deformux.worker.train.job;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A fold's folder. The checkpoint decides what is true: it names the best network by its digest, and that network is kept
 * under its digest ({@link BestNetworks}) from before the checkpoint names it until another one does. So what two workers
 * write, or one that is killed at any moment, never mixes. Files are written beside their place and renamed; an interrupt
 * does not disturb that. One thread.
 *
 * <p>Whoever comes last owns the folder ({@link FoldOwnership}). Should the one before have been stopped between its look and
 * its change, that does no harm: the owner has its best network in a directory of its own too, and puts it back.
 */
final class FoldFolder implements AutoCloseable {
    private final Path path;
    private final FoldOwnership ownership;
    private final BestNetworks networks;

    /** Takes the folder, which is made if it is not there, and deletes what dead workers have left in it. */
    FoldFolder(Path path) {
        this.path = path;
        ownership = new FoldOwnership(path);
        networks = new BestNetworks(path, ownership.directory());
    }

    /** Ends what this worker still changes; the folder has no owner then. */
    @Override
    public void close() {
        ownership.close();
    }

    /** The file of the best network under its digest, which is that of its bytes. */
    Path best(String sha256) {
        return FileWork.done("the best network cannot be read", () -> {
            ownership.require();
            return networks.best(sha256);
        });
    }

    /** The checkpoint to go on from; its best network is in its place then, and was read. */
    Optional<TrainingCheckpoint> checkpoint(FoldIdentity identity) {
        Path file = path.resolve(FoldJob.CHECKPOINT);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file);
        identity.require(checkpoint.identity());
        checkpoint
                .best()
                .ifPresent(sha256 -> FileWork.done("the best network cannot be put in its place", () -> {
                    networks.takeOver(sha256);
                    return path;
                }));
        return Optional.of(checkpoint);
    }

    /** Keeps a network that may become the best; gives its digest, by which a checkpoint is to name it. */
    String keep(NetworkConfig config, Weights weights) {
        return FileWork.done("the trained network cannot be written", () -> {
            try (Scratch work = Scratch.in(path)) {
                Path staged = work.path().resolve(FoldJob.BEST);
                TorchScriptArchive.write(staged, config.program(), weights, Precision.FP32);
                try (FileChannel file = FileChannel.open(staged, StandardOpenOption.WRITE)) {
                    file.force(true);
                }
                String sha256 = Digest.of(staged);
                ownership.require();
                networks.keep(staged, sha256);
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
        FileWork.done("the training checkpoint cannot be written", () -> {
            try (Scratch work = Scratch.in(path)) {
                Path staged = work.path().resolve(FoldJob.CHECKPOINT);
                checkpoint.write(staged);
                owned.run();
                ownership.require();
                FileWork.replace(staged, path.resolve(FoldJob.CHECKPOINT));
            }
            if (checkpoint.best().isPresent()) {
                networks.show(checkpoint.best().get());
            }
            return path;
        });
    }
}
