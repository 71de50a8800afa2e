package io.deformux.telemetry;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.node.NodeObserver;
import io.deformux.pacs.BridgeObserver;
import io.deformux.results.webhook.WebhookObserver;
import io.deformux.schemas.TopicNames;
import io.deformux.telemetry.health.BrokerCheck;
import io.deformux.telemetry.health.DeviceCheck;
import io.deformux.telemetry.health.Health;
import io.deformux.telemetry.health.HealthCheck;
import io.deformux.telemetry.health.LoopChecks;
import io.deformux.telemetry.health.ProvenCheck;
import io.deformux.telemetry.management.ManagementServer;
import io.deformux.telemetry.metrics.Backlog;
import io.deformux.telemetry.metrics.BacklogMeters;
import io.deformux.telemetry.metrics.FeedMeters;
import io.deformux.telemetry.metrics.JobMeters;
import io.deformux.telemetry.metrics.LoopMeters;
import io.deformux.telemetry.metrics.MachineMeters;
import io.deformux.telemetry.metrics.Meters;
import io.deformux.telemetry.metrics.Metric;
import io.deformux.telemetry.metrics.NodeMeters;
import io.deformux.telemetry.metrics.StageMeters;
import io.deformux.telemetry.metrics.TrainingMeters;
import io.deformux.telemetry.metrics.WebhookMeters;
import io.deformux.telemetry.trace.JobSpans;
import io.deformux.telemetry.trace.SpanExport;
import io.deformux.worker.infer.stage.StageObserver;
import io.deformux.worker.train.job.TrainingListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one program tells of itself while it runs; what it is not asked for costs neither a port nor a thread. Put together
 * on the main thread; closed once, after what it observes has ended.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final Duration BACKLOG_PACE = Duration.ofSeconds(30);

    private final TelemetryConfig config;
    private final Health health = new Health();
    private final Optional<Meters> meters;
    private final Optional<JobSpans> spans;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private volatile Optional<String> notReady = Optional.of("STARTING");
    private Optional<InetSocketAddress> address = Optional.empty();

    private Telemetry(TelemetryConfig config) {
        this.config = config;
        this.meters = config.management().map(where -> own(new Meters()));
        this.spans = config.otlp()
                .map(endpoint -> own(SpanExport.to(
                        endpoint,
                        "deformux-" + config.program(),
                        config.version(),
                        lost -> meters.ifPresent(all -> all.count(Metric.SPANS_LOST, lost)))))
                .map(JobSpans::new);
    }

    /**
     * Starts it. The program counts as not ready until {@link #started}.
     *
     * @throws IOException if the port cannot be had
     */
    public static Telemetry start(TelemetryConfig config) throws IOException {
        Telemetry made = new Telemetry(config);
        try {
            made.open();
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void open() throws IOException {
        if (meters.isPresent()) {
            Meters all = meters.get();
            all.gauge(Metric.PROGRAM, () -> 1, config.program(), config.version());
            own(new MachineMeters(all));
            health.requireToWork(HealthCheck.of("start", () -> notReady));
            address = Optional.of(own(ManagementServer.start(config.management().get(), all::scrape, health))
                    .address());
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    /** Where metrics and health are served. */
    public Optional<InetSocketAddress> address() {
        return address;
    }

    /** Hears of the jobs that come on these topics of the contract, which have these names on the cluster. */
    public JobObserver jobs(TopicNames names, String... topics) {
        JobObserver counting = meters.map(all -> (JobObserver) new JobMeters(all, names, List.of(topics)))
                .orElse(JobObserver.NONE);
        if (meters.isEmpty()) {
            return spans.map(counting::and).orElse(counting);
        }
        meters.get().count(Metric.SPANS_LOST, 0);
        ProvenCheck arithmetic = new ProvenCheck();
        health.requireToWork(arithmetic);
        JobObserver both = counting.and(arithmetic);
        return spans.map(both::and).orElse(both);
    }

    /** Hears of the stages of segmentations. */
    public StageObserver stages() {
        StageObserver timing =
                meters.map(all -> (StageObserver) new StageMeters(all)).orElse(StageObserver.NONE);
        return spans.map(timing::and).orElse(timing);
    }

    /** Hears of the steps and stages of folds. */
    public TrainingListener training() {
        TrainingListener counting =
                meters.map(all -> (TrainingListener) new TrainingMeters(all)).orElse(TrainingListener.NONE);
        return spans.map(JobSpans::folds).map(counting::and).orElse(counting);
    }

    /** Hears of the looks of a bridge, which counts as ready while they go well. */
    public BridgeObserver feed() {
        return meters.map(all -> (BridgeObserver) feed(all, "archive")).orElse(BridgeObserver.NONE);
    }

    /** Hears of what a DICOM node does, which counts as ready while its looks for series go well. */
    public NodeObserver node() {
        return meters.map(all -> (NodeObserver) new NodeMeters(all, feed(all, "incoming")))
                .orElse(NodeObserver.NONE);
    }

    private FeedMeters feed(Meters all, String what) {
        FeedMeters feed = new FeedMeters(all);
        health.requireToWork(HealthCheck.of(what, () -> feed.problem().map(FailureCode::name)));
        return feed;
    }

    /** Hears what becomes of results that are posted. */
    public WebhookObserver webhooks() {
        return meters.map(all -> (WebhookObserver) new WebhookMeters(all)).orElse(WebhookObserver.NONE);
    }

    /** Watches a loop from now on, by a name of a few letters. */
    public void watch(String loop, BooleanSupplier runs, LoopHealth state) {
        meters.ifPresent(all -> LoopMeters.bind(all, loop, state));
        health.requireToLive(LoopChecks.comesRound(loop, runs, state));
        health.requireToLive(LoopChecks.jobGivesSigns(loop, state, config.hung()));
        health.requireToWork(LoopChecks.lacksNothing(loop, state));
    }

    /** Watches the planning of trainings, which tells by a code why it stands still. */
    public void watchPlanning(Supplier<Optional<String>> problem) {
        meters.ifPresent(
                all -> all.gauge(Metric.PLANNING_STANDS, () -> problem.get().isPresent() ? 1 : 0));
        health.requireToWork(HealthCheck.of("planning", problem::get));
    }

    /** Watches threads that a program without jobs is for; while one of them has ended, it is to be started again. */
    public void requireToLive(BooleanSupplier runs) {
        health.requireToLive(
                HealthCheck.of("threads", () -> runs.getAsBoolean() ? Optional.empty() : Optional.of("THREAD_ENDED")));
    }

    /** Requires that something is so for the program to count as ready. */
    public void require(HealthCheck check) {
        health.requireToWork(check);
    }

    /** Watches the cluster: whether it answers, and how much waits, as {@code backlog} finds it. */
    public void watch(KafkaConnection kafka, Supplier<List<Backlog>> backlog) {
        meters.ifPresent(all -> {
            health.requireToWork(own(new BrokerCheck(kafka)));
            own(new BacklogMeters(all, backlog, BACKLOG_PACE));
        });
    }

    /** Watches the device that networks run on: {@code cpu} or {@code cuda:N}. */
    public void watchDevice(String name) {
        meters.ifPresent(all -> {
            MachineMeters.bindDevice(all, name);
            DeviceCheck check = new DeviceCheck(name);
            health.requireToWork(check);
            health.requireToLive(check);
        });
    }

    /** The program has proven its arithmetic and takes work from now on. */
    public void started() {
        notReady = Optional.empty();
    }

    /** The program takes no more work. */
    public void stopping() {
        notReady = Optional.of("STOPPING");
    }

    @Override
    public synchronized void close() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                LOG.debug("Cannot be closed", e);
            }
        }
    }
}
