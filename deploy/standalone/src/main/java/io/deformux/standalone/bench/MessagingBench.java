package io.deformux.standalone.bench;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.JobLoop;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job costs beside its work: jobs that fail at once, through the loop of an inference worker and a broker in this
 * process. Of each one start is counted, and a failed event and a dead letter are published in a transaction. Meant for a
 * process of its own.
 */
public final class MessagingBench {
    private static final String PART = "messaging";
    private static final URI SOURCE = URI.create("/deformux/bench");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Until Java has compiled what is used over and over. */
    private static final int WARM_UP = 200;

    private final int jobs;

    /** With so many jobs behind a warm-up. */
    public MessagingBench(int jobs) {
        this.jobs = jobs;
    }

    /** Measures. */
    public List<Figure> run() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka);
            send(kafka);
            return figures(gaps(kafka));
        }
    }

    private void send(KafkaConnection kafka) {
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            for (int n = 0; n < WARM_UP + jobs; n++) {
                publisher.publish(new ScanArrived(
                        "bench-" + n,
                        new InputReference(URI.create("file:///none"), InputReference.Kind.NIFTI, Optional.empty()),
                        new ModelReference("none", Optional.empty()),
                        URI.create("file:///none")));
            }
        }
    }

    /** Between each result and the one before it, in ms, in order. */
    private List<Double> gaps(KafkaConnection kafka) throws IOException {
        JobLoop<ScanArrived> loop = new JobLoop<>(
                kafka,
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "deformux-bench", SOURCE).withUrgent(Topics.SCAN_URGENT),
                ScanArrived.class,
                new FailingAtOnce());
        try (EventReader results =
                new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.EARLIEST)) {
            new Thread(loop, "bench-loop").start();
            List<OffsetDateTime> times = new ArrayList<>();
            long end = System.nanoTime() + LIMIT.toNanos();
            while (times.size() < WARM_UP + jobs) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("only " + times.size() + " jobs had a result after " + LIMIT);
                }
                results.read(Duration.ofSeconds(1)).stream()
                        .map(MessagingBench::time)
                        .forEach(times::add);
            }
            return gaps(times.stream().sorted().skip(WARM_UP).toList());
        } finally {
            stop(loop);
        }
    }

    private static OffsetDateTime time(ReceivedEvent result) {
        return result.envelope().getTime();
    }

    private static List<Double> gaps(List<OffsetDateTime> times) {
        List<Double> gaps = new ArrayList<>();
        for (int n = 1; n < times.size(); n++) {
            gaps.add(ChronoUnit.MICROS.between(times.get(n - 1), times.get(n)) / 1e3);
        }
        return gaps;
    }

    private static void stop(JobLoop<ScanArrived> loop) {
        try {
            loop.stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Figure> figures(List<Double> gaps) {
        List<Double> sorted = gaps.stream().sorted().toList();
        return List.of(
                new Figure(PART, "jobs that fail at once: median gap of results", at(sorted, 0.5), "ms"),
                new Figure(PART, "jobs that fail at once: 95 % of the gaps below", at(sorted, 0.95), "ms"));
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static final class FailingAtOnce implements PreparingHandler<ScanArrived> {
        @Override
        public Prepared prepare(ScanArrived job) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "There is none.");
        }

        @Override
        public Event failed(ScanArrived job, JobException cause, int attempt) {
            return new SegmentationFailed(
                    job.jobId(), "fetch", cause.code().name(), cause.getMessage(), false, attempt);
        }
    }
}
