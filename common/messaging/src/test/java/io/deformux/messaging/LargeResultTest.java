package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many classes as a label map can have, with a mask and probabilities of each. */
@Timeout(60)
class LargeResultTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final int CLASSES = 255;
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void aResultOfAllClassesThatThereCanBeIsPublished() throws Exception {
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> List.of(completed(job)));

        String job = jobs.send(0);

        await().atMost(Duration.ofSeconds(30)).until(() -> !jobs.results(job).isEmpty());
        assertThat(jobs.results(job))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationCompleted.class, completed -> assertThat(completed.outputs())
                        .hasSize(2 * CLASSES));
        assertThat(jobs.deadLetters()).isEmpty();
    }

    /** The job is done, and no other try would say it in less. */
    @ParameterizedTest
    @CsvSource({"70, 1000000", "90, 1048576"})
    void aResultThatIsLargerThanEventsMayBeFailsAtOnceAndSaysHowLargeItWas(int folders, int limit) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            tries.incrementAndGet();
            return List.of(completed(job, "a-very-long-folder/".repeat(folders)));
        });

        String job = jobs.send(0);

        await().atMost(Duration.ofSeconds(30)).until(() -> !jobs.results(job).isEmpty());
        assertThat(jobs.results(job)).singleElement().isInstanceOfSatisfying(SegmentationFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("EVENT_TOO_LARGE");
            assertThat(failed.message()).contains("the limit is " + limit);
        });
        assertThat(tries).hasValue(1);
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    private static SegmentationCompleted completed(ScanArrived job) {
        return completed(job, "");
    }

    private static SegmentationCompleted completed(ScanArrived job, String below) {
        SegmentationCompleted small = Jobs.completed(job);
        List<OutputFile> outputs = new ArrayList<>();
        for (String role : List.of("class-mask", "probabilities")) {
            IntStream.rangeClosed(1, CLASSES).forEach(value -> outputs.add(file(below, role, value)));
        }
        return new SegmentationCompleted(
                job.jobId(),
                DIGEST,
                small.model(),
                outputs,
                IntStream.rangeClosed(1, CLASSES)
                        .mapToObj(value -> new LabelVolume(
                                value,
                                name(value),
                                1_000_000,
                                1234.56789,
                                Optional.of(value),
                                Optional.of("#9d6ca2"),
                                Optional.of(0.123456789012345678 * value / 100),
                                Optional.of(0.123456789012345678 * value / 100),
                                Optional.of(0.123456789012345678 * value / 100)))
                        .toList(),
                small.grid(),
                small.timingsMs(),
                small.runtime());
    }

    private static OutputFile file(String below, String role, int value) {
        return new OutputFile(
                URI.create("s3://a-bucket-of-a-hospital/results/of/deformux/" + below + "job-".repeat(10) + DIGEST + "/"
                        + DIGEST + "/" + role + "/" + name(value) + ".nii.gz"),
                "application/gzip",
                123_456_789,
                DIGEST,
                role,
                Optional.of(name(value)));
    }

    /** As long as names are in models of many classes. */
    private static String name(int value) {
        return "left_superior_temporal_gyrus_posterior_division_" + value;
    }
}
