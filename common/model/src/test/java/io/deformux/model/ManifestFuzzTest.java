package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code model.json}, damaged in any way: a manifest that can be written and is the same again, or MODEL_INVALID. */
@Tag("fuzz")
class ManifestFuzzTest {
    static Stream<FuzzTarget> targets() {
        byte[] single = ManifestJson.write(Samples.manifest(
                new ModelId("abdomen", "1.0.0"),
                List.of(new Member("model.pt", "ab".repeat(32), OptionalInt.empty()))));
        byte[] ensemble = ManifestJson.write(Samples.manifest(
                new ModelId("abdomen", "1.0.0"),
                List.of(
                        new Member("fold-0.pt", "ab".repeat(32), OptionalInt.of(0)),
                        new Member("fold-1.pt", "cd".repeat(32), OptionalInt.of(1)))));
        return Stream.of(new FuzzTarget(
                "model-json",
                List.of(single, ensemble),
                JsonTokens.all(),
                ManifestFuzzTest::isRefusal,
                new FuzzTarget.Memory(4 << 20, 512),
                ManifestFuzzTest::read));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAManifestOrModelInvalid(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static void read(byte[] json) {
        ModelManifest manifest = ManifestJson.read(json);
        ModelManifest again = ManifestJson.read(ManifestJson.write(manifest));
        if (!again.equals(manifest) || !again.digest().equals(manifest.digest())) {
            throw new IllegalStateException("a manifest is another one when it is written and read");
        }
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code() == FailureCode.MODEL_INVALID;
    }
}
