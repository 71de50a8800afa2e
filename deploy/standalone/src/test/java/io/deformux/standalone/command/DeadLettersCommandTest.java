package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.JobLoop;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.standalone.Deformux;
import io.deformux.testing.server.KafkaFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of every class of failures end among the dead letters, or not, and a person deals with them. */
@Timeout(120)
class DeadLettersCommandTest {
    private static final URI SOURCE = URI.create("urn:deformux:test");

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final String run = UUID.randomUUID().toString();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    /** How often the jobs of this test were started. */
    private final Map<String, Integer> starts = new ConcurrentHashMap<>();

    private JobLoop<ScanArrived> loop;

    @BeforeEach
    void start() {
        loop = new JobLoop<>(
                KAFKA.connection(),
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "dead-letters-" + run, SOURCE)
                        .withAttempts(new Attempts(2, Duration.ofMillis(50), Duration.ofMillis(50))),
                ScanArrived.class,
                new Failing());
        new Thread(loop).start();
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), SOURCE)) {
            for (FailureCode code : List.of(
                    FailureCode.INPUT_NOT_FOUND,
                    FailureCode.STORAGE_UNAVAILABLE,
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    FailureCode.ATTEMPTS_EXHAUSTED,
                    FailureCode.OUTPUT_ROOT_MISSING)) {
                publisher.publish(new ScanArrived(
                        job(code),
                        new InputReference(URI.create("file:///scan"), InputReference.Kind.NIFTI, Optional.empty()),
                        new ModelReference("demo", Optional.empty()),
                        URI.create("file:///results")));
            }
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop(Duration.ZERO);
    }

    /** Fails as the job's id says; what the environment lacks comes back. */
    private final class Failing implements JobHandler<ScanArrived> {
        @Override
        public List<Event> handle(ScanArrived job, JobContext context) {
            if (!job.jobId().startsWith(run)) {
                return List.of();
            }
            int start = starts.merge(job.jobId(), 1, Integer::sum);
            FailureCode code = FailureCode.valueOf(job.jobId().substring(run.length() + 1));
            if (code == FailureCode.OUTPUT_ROOT_MISSING && start > 2) {
                return List.of();
            }
            throw new JobException(code, "Look there.");
        }

        @Override
        public Event failed(ScanArrived job, JobException cause, int attempt) {
            return new SegmentationFailed(job.jobId(), "job", cause.code().name(), cause.getMessage(), false, attempt);
        }
    }

    @Test
    void whatFailedIsListedWithItsAttemptsAndDealtWith() throws Exception {
        Map<String, Integer> attempts = awaitLetters();
        assertThat(attempts)
                .containsOnly(
                        Map.entry("INPUT_NOT_FOUND", 1),
                        Map.entry("STORAGE_UNAVAILABLE", 2),
                        Map.entry("DEVICE_OUT_OF_MEMORY", 2),
                        Map.entry("ATTEMPTS_EXHAUSTED", 1));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(starts).containsEntry(job(FailureCode.OUTPUT_ROOT_MISSING), 3));

        assertThat(execute("list", "--job", job(FailureCode.INPUT_NOT_FOUND))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("INPUT_NOT_FOUND", "deformux.scan.arrived", "open");
        String id = letters("--job", job(FailureCode.INPUT_NOT_FOUND))
                .get(0)
                .get("id")
                .asText();
        assertThat(execute("show", id)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Look there.", "file:///scan", "io.deformux.scan.arrived.v1");

        assertThat(execute("replay", "--code", "STORAGE_UNAVAILABLE", "--job", job(FailureCode.STORAGE_UNAVAILABLE)))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("replayed").contains(job(FailureCode.STORAGE_UNAVAILABLE));
        await().atMost(Duration.ofSeconds(30)).alias("as many attempts again").untilAsserted(() -> assertThat(starts)
                .containsEntry(job(FailureCode.STORAGE_UNAVAILABLE), 4));

        assertThat(execute("discard", id)).isEqualTo(ExitCode.OK);
        assertThat(letters("--job", job(FailureCode.INPUT_NOT_FOUND))).isEmpty();
        assertThat(letters("--all", "--job", job(FailureCode.INPUT_NOT_FOUND))).hasSize(1);
        assertThat(execute("replay", id)).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(err.toString()).contains("DEAD_LETTER_REFUSED").contains("it was discarded");
    }

    @Test
    void nothingIsReplayedOrDiscardedWithoutAChoice() {
        assertThat(execute("replay")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("discard")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("list", "--since", "yesterday")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("show", "0-999999")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(execute("discard", "0-999999")).isEqualTo(ExitCode.JOB_FAILED);
    }

    @Test
    void aChoiceThatFitsNoOpenLetterIsSaid() {
        assertThat(execute("discard", "--job", "nobody")).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("no open dead letter is such");
    }

    private String job(FailureCode code) {
        return run + "-" + code;
    }

    /** Codes and attempts of the letters of this test, once those that are to come have come. */
    private Map<String, Integer> awaitLetters() {
        Map<String, Integer> found = new ConcurrentHashMap<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            found.clear();
            for (JsonNode letter : letters()) {
                if (letter.get("job").asText().startsWith(run)) {
                    found.put(
                            letter.get("code").asText(), letter.get("attempts").asInt());
                }
            }
            return found.size() >= 4;
        });
        return found;
    }

    private List<JsonNode> letters(String... which) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("list", "--json"));
        arguments.addAll(List.of(which));
        assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(ExitCode.OK);
        List<JsonNode> letters = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            letters.add(new ObjectMapper().readTree(line));
        }
        return letters;
    }

    private int execute(String... command) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("dead-letters"));
        arguments.addAll(List.of(command));
        arguments.addAll(List.of("--bootstrap-servers", KAFKA.connection().bootstrapServers()));
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
