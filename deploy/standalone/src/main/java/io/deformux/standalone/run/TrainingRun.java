package io.deformux.standalone.run;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.LabelSummary;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingRequested;
import io.deformux.standalone.option.Version;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.worker.train.messaging.TrainingFoldRunner;
import io.deformux.worker.train.messaging.TrainingWorker;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One training, or one comparison of networks, by message with a worker of its own, on a broker that is there.
 *
 * @param kafka the broker; its topics exist
 * @param models where the ensemble is published
 * @param scratch where the worker keeps files while it runs
 * @param device {@code cpu} or {@code cuda:N}
 * @param out where to tell what happens
 */
public record TrainingRun(KafkaConnection kafka, ModelStore models, Path scratch, String device, PrintWriter out) {

    /** Gives a run that has a broker and a scratch folder to itself, which end with it. */
    public static Optional<Event> alone(
            ModelStore models, String device, PrintWriter out, Function<TrainingRun, Optional<Event>> run)
            throws IOException {
        try (Scratch work = Scratch.in(Path.of(System.getProperty("java.io.tmpdir"), "deformux"));
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka, TopicSetup.topics());
            return run.apply(new TrainingRun(kafka, models, work.path(), device, out));
        }
    }

    /** Publishes the request and waits for its end: completed or failed, or nothing if that did not come in time. */
    public Optional<Event> run(TrainingRequested request, Duration timeout) {
        out.println("training id: " + request.trainingId());
        Map<String, String> trainings = Map.of(request.trainingId(), "");
        return run(request, request.training().dataset(), request.output(), trainings, timeout);
    }

    /** The same of a comparison. */
    public Optional<Event> run(ComparisonRequested request, Duration timeout) {
        out.println("comparison id: " + request.comparisonId());
        Map<String, String> trainings = request.networks().stream()
                .map(ComparedNetwork::name)
                .collect(Collectors.toMap(request::trainingId, name -> name + " "));
        return run(request, request.training().dataset(), request.output(), trainings, timeout);
    }

    /** @param trainings the ids of the trainings, and what to say before what is told of each */
    private Optional<Event> run(
            Event request, URI dataset, URI output, Map<String, String> trainings, Duration timeout) {
        AccessPolicy access = AccessPolicy.files(List.of(Path.of(dataset)), List.of(Path.of(output)));
        TrainingWorkerConfig config =
                TrainingWorkerConfig.of(kafka, WorkerOptions.TRAINING_GROUP, models, access, scratch);
        ProgressBar bar = ProgressBar.onStandardError();
        try (EventReader reader =
                        new EventReader(kafka, List.of(Topics.TRAINING_RESULT, Topics.PROGRESS), EventReader.From.NOW);
                TrainingWorker worker = TrainingWorker.start(
                        config,
                        TrainingFoldRunner.create(
                                access, scratch, device, Version.current(), TrainingFoldRunner.STAGE_LIMIT));
                EventPublisher publisher = new EventPublisher(kafka, URI.create("/deformux/train"))) {
            out.flush();
            publisher.publish(request);
            Optional<ReceivedEvent> end = reader.await(
                    received -> {
                        tell(received.event(), trainings, bar);
                        return isEnd(received.event()) && received.event().key().equals(request.key());
                    },
                    timeout);
            bar.finish();
            return end.map(ReceivedEvent::event);
        }
    }

    /** Mean Dice per label over the folds, and over the labels. */
    public static String summary(List<LabelSummary> dice) {
        StringBuilder text = new StringBuilder("mean Dice:");
        dice.forEach(label -> text.append(' ')
                .append(label.name())
                .append(' ')
                .append(label.mean().map(TrainingRun::number).orElse("-"))
                .append(','));
        double overall = dice.stream()
                .flatMap(label -> label.mean().stream())
                .mapToDouble(d -> d)
                .average()
                .orElse(Double.NaN);
        return text.append(" overall ").append(number(overall)).toString();
    }

    private void tell(Event event, Map<String, String> trainings, ProgressBar bar) {
        if (event instanceof JobProgress progress) {
            bar.update(stage(progress), progress.done(), progress.total(), unit(progress));
        } else if (event instanceof TrainingFoldCompleted fold && trainings.containsKey(fold.trainingId())) {
            bar.finish();
            out.printf(
                    Locale.ROOT,
                    "%sfold %d: %s, best at iteration %d, %.0f s%n",
                    trainings.get(fold.trainingId()),
                    fold.result().fold(),
                    labels(fold.result().dice()),
                    fold.result().bestIteration(),
                    fold.result().durationMs() / 1000.0);
            out.flush();
        } else if (event instanceof TrainingFoldFailed fold && trainings.containsKey(fold.trainingId())) {
            bar.finish();
            out.println(trainings.get(fold.trainingId()) + "fold " + fold.fold() + " failed: " + fold.code() + ": "
                    + fold.message());
            out.flush();
        }
    }

    private static boolean isEnd(Event event) {
        return event instanceof TrainingCompleted
                || event instanceof TrainingFailed
                || event instanceof ComparisonCompleted
                || event instanceof ComparisonFailed;
    }

    private static String stage(JobProgress progress) {
        return progress.jobId()
                .substring(progress.jobId().lastIndexOf('-', progress.jobId().lastIndexOf('-') - 1) + 1);
    }

    private static String unit(JobProgress progress) {
        String loss = progress.loss()
                .map(l -> String.format(Locale.ROOT, ", loss %.3f", l))
                .orElse("");
        String dice = progress.dice()
                .map(d -> String.format(Locale.ROOT, ", Dice %.3f", d))
                .orElse("");
        return progress.unit() + loss + dice;
    }

    private static String labels(List<LabelDice> dice) {
        StringBuilder text = new StringBuilder("Dice");
        dice.forEach(label -> text.append(' ')
                .append(label.name())
                .append(' ')
                .append(label.dice().map(TrainingRun::number).orElse("-")));
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
