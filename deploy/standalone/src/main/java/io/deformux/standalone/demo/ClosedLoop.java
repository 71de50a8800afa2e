package io.deformux.standalone.demo;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.evaluation.LabelScore;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.Event;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.run.TrainingRun;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From data to a segmentation, all by message: phantoms, three folds of a small network, the published ensemble, and a new
 * phantom that arrives as a DICOM series.
 *
 * @param work where everything lies meanwhile
 * @param output where the segmentation goes
 * @param iterations optimizer steps per fold
 * @param timeout for the training, and again for the segmentation
 * @param out where to tell what happens
 */
public record ClosedLoop(Path work, Path output, int iterations, Duration timeout, PrintWriter out) {
    private static final PhantomDataset PHANTOMS =
            new PhantomDataset(new Shape3(80, 64, 48), new double[] {4.2, 4.2, 4.2});
    private static final int CASES = 6;
    private static final int FOLDS = 3;
    private static final long NEW_SEED = 1000;
    private static final String MODEL = "phantom-organs";

    /** Runs the loop; gives the result event of the segmentation, or nothing if something failed or was too late. */
    public Optional<Event> run() throws IOException {
        Path dataset = PHANTOMS.write(work.resolve("phantoms"), CASES);
        ModelStore models = new ModelStore(Files.createDirectories(work.resolve("models")));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka, TopicSetup.topics());
            out.println("training: " + FOLDS + " folds of " + CASES + " phantoms, " + iterations + " iterations each");
            Optional<Event> trained =
                    new TrainingRun(kafka, models, work.resolve("scratch"), "cpu", out).run(request(dataset), timeout);
            if (trained.isEmpty() || !(trained.get() instanceof TrainingCompleted completed)) {
                out.println("the training did not complete: "
                        + trained.map(Event::toString).orElse("no event in time"));
                return Optional.empty();
            }
            out.println("model published: " + completed.model().name() + " "
                    + completed.model().version());
            out.println(TrainingRun.summary(completed.dice()));
            return segment(kafka, models, completed);
        }
    }

    private Optional<Event> segment(KafkaConnection kafka, ModelStore models, TrainingCompleted trained) {
        Phantom phantom = PHANTOMS.phantom(NEW_SEED);
        Path series = work.resolve("new-phantom");
        new DicomSeriesWriter().write(series, phantom.volume(), "demo phantom");
        ModelReference model = new ModelReference(
                trained.model().name(), Optional.of(trained.model().version()));
        Optional<Event> result = DemoRun.of(work, models, model, ScanInput.reference(series), output, out)
                .run(kafka, timeout);
        if (result.isPresent() && result.get() instanceof SegmentationCompleted completed) {
            printDice(completed, phantom.truth());
        }
        return result;
    }

    private TrainingRequested request(Path dataset) throws IOException {
        TrainingSettings settings = new TrainingSettings(
                        iterations,
                        iterations,
                        1,
                        2,
                        List.of(32, 32, 32),
                        3e-3,
                        TrainingSettings.REFERENCE.optimizer(),
                        TrainingSettings.REFERENCE.weightDecay(),
                        false)
                .withCropsAnywhere(TrainingSettings.CROPS_ANYWHERE);
        TrainingSpec spec = new TrainingSpec(
                dataset.toUri(),
                PreprocessingSpec.explicit(
                        new ExplicitPreprocessing(Optional.empty(), -125, 275, Optional.of(Phantom.LABELS))),
                new Split(FOLDS, Optional.empty(), Optional.empty()),
                new NetworkShape(List.of(8, 16, 32, 64), List.of(1, 1, 1, 1), 128, 3).architecture(),
                settings,
                7,
                Optional.empty());
        Path folder = Files.createDirectories(work.resolve("training"));
        return new TrainingRequested("demo-training", spec, MODEL, folder.toUri());
    }

    private void printDice(SegmentationCompleted completed, LabelMap truth) {
        Path labels = completed.outputs().stream()
                .filter(file -> file.role().equals("label-map"))
                .map(OutputFile::uri)
                .map(Path::of)
                .findFirst()
                .orElseThrow();
        LabelMap found = new NiftiReader(SegmentationSettings.MAX_VOXELS).readLabels(labels);
        // A DICOM series is segmented on the grid of its conversion, whose rows run the other way.
        LabelMap expected = truth.reversedRows();
        for (LabelScore score : LabelScore.perLabel(found, expected, Phantom.LABELS.size(), 2)) {
            out.printf("Dice %-12s %.4f%n", Phantom.LABELS.get(score.label()), score.dice());
        }
    }
}
