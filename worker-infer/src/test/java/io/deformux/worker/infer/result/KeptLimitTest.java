package io.deformux.worker.infer.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.storage.Scratch;
import io.deformux.worker.infer.stage.StageClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLimitTest {
    private static final String DIGEST = "0".repeat(64);
    private static final ScanArrived JOB = new ScanArrived(
            "kept",
            new InputReference(URI.create("file:///in"), InputReference.Kind.NIFTI, Optional.empty()),
            new ModelReference("any", Optional.empty()),
            URI.create("file:///out/"));

    @TempDir
    Path folder;

    @Test
    void whatIsKeptGoesAfterAnHourThoughNoOtherJobComes() {
        AtomicLong clock = new AtomicLong();
        try (UnstoredResults results = new UnstoredResults(UnstoredResults.MOST_BYTES, clock::get);
                KeptLimit limit = KeptLimit.on(results, Duration.ofMillis(10))) {
            results.keep(result());
            clock.set(UnstoredResults.LONGEST.toNanos());
            results.keep(results.take(JOB).orElseThrow());
            assertThat(folder).isNotEmptyDirectory();

            clock.addAndGet(UnstoredResults.LONGEST.plusSeconds(1).toNanos());

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(folder).isEmptyDirectory());
        }
    }

    private WrittenResult result() {
        return new WrittenResult(
                new ResultPlace(JOB, DIGEST, DIGEST),
                null,
                Instant.now(),
                List.of(),
                Scratch.in(folder),
                new StageClock(Duration.ofMinutes(1)),
                stored -> null);
    }
}
