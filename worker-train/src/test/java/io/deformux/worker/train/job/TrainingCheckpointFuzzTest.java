package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training checkpoints, damaged before their digest was taken: a state to go on from, or CHECKPOINT_INVALID. */
@Tag("fuzz")
class TrainingCheckpointFuzzTest {
    private static final int DIGEST_BYTES = 32;
    private static final ScratchFolder SCRATCH = new ScratchFolder();

    static Stream<FuzzTarget> targets() throws IOException {
        return Stream.of(new FuzzTarget(
                "training-checkpoint",
                List.of(withoutDigest()),
                JsonTokens.all(),
                TrainingCheckpointFuzzTest::isRefusal,
                new FuzzTarget.Memory(2 << 20, 512),
                bytes -> TrainingCheckpoint.read(SCRATCH.write("checkpoint", withDigest(bytes)))));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAStateOrCheckpointInvalid(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static byte[] withoutDigest() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", new Tensor(new int[] {2, 3}, new float[6]));
        tensors.put("b", new Tensor(new int[] {1}, new float[1]));
        Map<String, float[]> moments = Map.of("a", new float[6], "b", new float[1]);
        Path file = SCRATCH.path().resolve("seed");
        new TrainingCheckpoint(
                        "mine",
                        List.of(0.5, 0.25),
                        List.of(),
                        Optional.of("ab".repeat(32)),
                        new Weights(tensors),
                        moments,
                        moments,
                        1.5)
                .write(file);
        byte[] whole = Files.readAllBytes(file);
        return Arrays.copyOf(whole, whole.length - DIGEST_BYTES);
    }

    private static byte[] withDigest(byte[] content) throws NoSuchAlgorithmException {
        byte[] whole = Arrays.copyOf(content, content.length + DIGEST_BYTES);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        System.arraycopy(digest, 0, whole, content.length, DIGEST_BYTES);
        return whole;
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code() == FailureCode.CHECKPOINT_INVALID;
    }
}
