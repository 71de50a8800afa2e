package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.HardLink;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The networks of a fold that are or may become its best. Each is kept under its digest ({@code .best-DIGEST.pt}), and the
 * best one has a second name, {@code best.pt}. This worker has its own in a directory of its own too, and puts them back
 * should somebody take them away; what is there it has written or read to its digest, and does not read again. One thread.
 */
final class BestNetworks {
    private static final String KEPT = ".best-";
    private static final String ARCHIVE = ".pt";

    private final Path folder;
    private final Path own;

    /**
     * The networks of a fold.
     *
     * @param own a directory of this worker's alone, on the same disk
     */
    BestNetworks(Path folder, Path own) {
        this.folder = folder;
        this.own = own;
    }

    /** Keeps a network that was just written beside its place. */
    void keep(Path staged, String sha256) throws IOException {
        FileWork.replace(staged, held(sha256));
        restore(sha256);
    }

    /** Takes over the best network of an earlier worker, and reads it to its digest. */
    void takeOver(String sha256) throws IOException {
        show(sha256);
        Path held = held(sha256);
        if (Files.notExists(held)) {
            Path link = own.resolve(FoldJob.BEST);
            HardLink.orCopy(kept(sha256), link);
            if (!Digest.of(link).equals(sha256)) {
                Files.delete(link);
                throw gone();
            }
            FileWork.replace(link, held);
        }
    }

    /** Gives the best network its name, and lets the others go. */
    void show(String sha256) throws IOException {
        restore(sha256);
        Path kept = kept(sha256);
        if (Files.notExists(kept)) {
            keepShown(sha256);
        }
        if (!isShown(kept)) {
            try (Scratch work = Scratch.in(folder)) {
                Path link = work.path().resolve(FoldJob.BEST);
                HardLink.orCopy(kept, link);
                FileWork.replace(link, shown());
            }
        }
        deleteBut(kept, folder);
        deleteBut(held(sha256), own);
    }

    /** The file under its digest has gone; {@code best.pt} may still be that. */
    private void keepShown(String sha256) throws IOException {
        if (Files.notExists(shown()) || !Digest.of(shown()).equals(sha256)) {
            throw gone();
        }
        HardLink.orCopy(shown(), kept(sha256));
    }

    /** The best network under its digest: whoever writes a file of that name writes these bytes. */
    Path best(String sha256) throws IOException {
        takeOver(sha256);
        return kept(sha256);
    }

    /** Keeps a network that is held here under its digest, also where somebody has taken it away. */
    private void restore(String sha256) throws IOException {
        Path held = held(sha256);
        if (Files.exists(held) && Files.notExists(kept(sha256))) {
            Path link = own.resolve(FoldJob.BEST);
            HardLink.orCopy(held, link);
            FileWork.replace(link, kept(sha256));
        }
    }

    private static void deleteBut(Path one, Path folder) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, KEPT + "*" + ARCHIVE)) {
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

    private boolean isShown(Path kept) throws IOException {
        return Files.exists(shown()) && Files.isSameFile(kept, shown());
    }

    private Path shown() {
        return folder.resolve(FoldJob.BEST);
    }

    private Path kept(String sha256) {
        return folder.resolve(name(sha256));
    }

    private Path held(String sha256) {
        return own.resolve(name(sha256));
    }

    private static String name(String sha256) {
        return KEPT + sha256.substring(0, 16) + ARCHIVE;
    }
}
