package io.deformux.standalone.demo;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.standalone.option.Version;
import io.deformux.standalone.run.ProgressBar;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One scan through a worker of its own.
 *
 * @param work where the worker keeps its files while it runs
 * @param models what the worker has
 * @param job the event
 * @param out where to tell what happens
 */
public record DemoRun(Path work, ModelStore models, ScanArrived job, PrintWriter out) {

    /** A run with a new job id. */
    public static DemoRun of(
            Path work, ModelStore models, ModelReference model, InputReference input, Path output, PrintWriter out) {
        String jobId = "demo-" + UUID.randomUUID();
        return new DemoRun(work, models, new ScanArrived(jobId, input, model, output.toUri()), out);
    }

    /** The same with the one model of a package. */
    public static DemoRun of(Path work, ModelPackage model, InputReference input, Path output, PrintWriter out) {
        ModelReference reference =
                new ModelReference(model.id().name(), Optional.of(model.id().version()));
        return of(work, new ModelStore(model.directory()), reference, input, output, out);
    }

    /** Starts a broker too, publishes the event, and gives the result event, or nothing if none came in time. */
    public Optional<Event> run(Duration timeout) {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka, TopicSetup.topics());
            return run(kafka, timeout);
        }
    }

    /** The same on a broker that is there. */
    public Optional<Event> run(KafkaConnection kafka, Duration timeout) {
        List<String> topics = List.of(Topics.SEGMENTATION_RESULT, Topics.PROGRESS);
        try (EventReader reader = new EventReader(kafka, topics, From.NOW);
                InferenceWorker worker = InferenceWorker.start(config(kafka));
                EventPublisher publisher = new EventPublisher(kafka, URI.create("/deformux/demo"))) {
            out.println("job id: " + job.jobId());
            out.println("event on " + Topics.SCAN_ARRIVED + ": " + new EventCodec().toJson(job));
            out.flush();
            publisher.publish(job);
            return awaitResult(reader, timeout);
        }
    }

    private InferenceWorkerConfig config(KafkaConnection kafka) {
        return new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "deformux-demo", URI.create("/deformux/worker-infer"))
                        .withProgressInterval(Duration.ofMillis(200)),
                models,
                AccessPolicy.files(List.of(Path.of(job.input().uri())), List.of(Path.of(job.output()))),
                new SegmentationSettings(work.resolve("scratch"), SegmentationSettings.MAX_VOXELS, Version.current()),
                ComputeSettings.on("cpu"));
    }

    private Optional<Event> awaitResult(EventReader reader, Duration timeout) {
        ProgressBar bar = ProgressBar.onStandardError();
        Optional<ReceivedEvent> result = reader.await(received -> isResult(received.event(), bar), timeout);
        bar.finish();
        result.ifPresent(received ->
                out.println("event on " + received.topic() + ": " + new EventCodec().toJson(received.event())));
        return result.map(ReceivedEvent::event);
    }

    private boolean isResult(Event event, ProgressBar bar) {
        if (!event.key().equals(job.jobId())) {
            return false;
        }
        if (event instanceof JobProgress progress) {
            bar.update(progress.stage(), progress.done(), progress.total(), progress.unit());
            return false;
        }
        return true;
    }
}
