package io.deformux.worker.train.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Weights;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on one fold: the one that came last owns its folder, and the one before disturbs nothing. */
class FoldFolderTest {
    private static final DeformUxNetConfig NETWORK =
            new DeformUxNetConfig(1, 2, List.of(8, 8, 8, 8), List.of(1, 1, 1, 1), 8, 3);
    private static final Runnable OWNED = () -> {};

    @TempDir
    Path path;

    @Test
    void theOneBeforeChangesNothingAnyMore() throws IOException {
        try (FoldFolder late = new FoldFolder(path)) {
            String first = keepAndName(late, 1);
            try (FoldFolder owner = new FoldFolder(path)) {
                Map<String, String> before = files();
                assertTaken(() -> late.keep(NETWORK, NETWORK.modules().randomWeights(2)));
                assertTaken(() -> late.keep(checkpoint(Optional.of(first)), OWNED));
                assertTaken(() -> late.best(first));
                late.close();
                assertThat(files()).isEqualTo(before);

                String best = keepAndName(owner, 3);
                assertThat(Digest.of(owner.best(best))).isEqualTo(best);
            }
        }
    }

    /** A worker that was stopped after its last look, as by SIGSTOP, goes on in the middle of the owner's step. */
    @Test
    void whatOneThatWasStoppedTakesAwayTheOwnerPutsBack() throws IOException {
        try (FoldFolder owner = new FoldFolder(path)) {
            String best = owner.keep(NETWORK, NETWORK.modules().randomWeights(2));
            owner.keep(checkpoint(Optional.of(best)), this::deleteKept);
            assertThat(Digest.of(owner.best(best))).isEqualTo(best);
        }
    }

    @Test
    void aStepThatAnotherWorkerCameIntoIsNotTaken() throws IOException {
        Map<String, String> seen = new HashMap<>();
        try (FoldFolder late = new FoldFolder(path)) {
            String first = late.keep(NETWORK, NETWORK.modules().randomWeights(1));
            assertTaken(() -> late.keep(checkpoint(Optional.of(first)), () -> {
                try (FoldFolder owner = new FoldFolder(path)) {
                    keepAndName(owner, 2);
                }
                seen.putAll(files());
            }));
        }
        assertThat(files()).isEqualTo(seen);
    }

    @Test
    void aBestNetworkThatWasReplacedIsPutBackBeforeItIsReturned() throws IOException {
        try (FoldFolder owner = new FoldFolder(path)) {
            String best = keepAndName(owner, 1);
            Files.delete(path.resolve(FoldJob.BEST));
            Files.writeString(path.resolve(FoldJob.BEST), "of another worker");
            deleteKept();

            assertThat(Digest.of(owner.best(best))).isEqualTo(best);
        }
    }

    @Test
    void aBestNetworkThatIsDamagedIsNotReturned() throws IOException {
        String best;
        try (FoldFolder owner = new FoldFolder(path)) {
            best = keepAndName(owner, 1);
        }
        try (Stream<Path> all = Files.list(path)) {
            for (Path each : all.filter(file -> file.toString().endsWith(".pt")).toList()) {
                Files.writeString(each, "damaged");
            }
        }
        try (FoldFolder owner = new FoldFolder(path)) {
            assertThatThrownBy(() -> owner.best(best))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CHECKPOINT_INVALID));
        }
    }

    @Test
    void whatThisWorkerHasKeptIsNotReadAgain() throws IOException {
        try (FoldFolder owner = new FoldFolder(path)) {
            String best = keepAndName(owner, 1);
            Files.writeString(owner.best(best), "what only a reading would notice");

            assertThat(owner.best(best)).hasContent("what only a reading would notice");
        }
    }

    @Test
    void whatAnEarlierWorkerHasKeptIsReadBeforeItIsGoneOnFrom() throws IOException {
        String best;
        try (FoldFolder earlier = new FoldFolder(path)) {
            best = keepAndName(earlier, 1);
        }
        try (FoldFolder owner = new FoldFolder(path)) {
            assertThat(owner.checkpoint(new FoldIdentity("identity", "older"))
                            .orElseThrow()
                            .best())
                    .contains(best);
        }
        Files.writeString(path.resolve(FoldJob.BEST), "damaged");
        try (FoldFolder owner = new FoldFolder(path)) {
            assertThatThrownBy(() -> owner.checkpoint(new FoldIdentity("identity", "older")))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CHECKPOINT_INVALID));
        }
    }

    private static void assertTaken(Runnable change) {
        assertThatThrownBy(change::run).isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.JOB_CANCELLED));
    }

    private static String keepAndName(FoldFolder folder, long seed) {
        String best = folder.keep(NETWORK, NETWORK.modules().randomWeights(seed));
        folder.keep(checkpoint(Optional.of(best)), OWNED);
        return best;
    }

    private static TrainingCheckpoint checkpoint(Optional<String> best) {
        Weights weights = NETWORK.modules().randomWeights(1);
        Map<String, float[]> moments = new HashMap<>();
        weights.tensors().forEach((name, tensor) -> moments.put(name, new float[tensor.values().length]));
        return new TrainingCheckpoint("identity", List.of(), List.of(), best, weights, moments, moments, 0);
    }

    private void deleteKept() {
        try (Stream<Path> all = Files.list(path)) {
            for (Path each : all.filter(file -> file.getFileName().toString().startsWith(".best-"))
                    .toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> files() {
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), FoldFolderTest::digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Path file) {
        try {
            return Digest.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
