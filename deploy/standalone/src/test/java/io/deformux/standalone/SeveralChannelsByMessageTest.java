package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.evaluation.LabelScore;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.Event;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.NetworkShape;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Split;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.standalone.run.TrainingRun;
import io.deformux.storage.AccessPolicy;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From scans of two images to a segmentation, all by message. The lesion is in the second image alone, and something that
 * looks like it, elsewhere, is in the first one alone: a network that dropped, mixed up or swapped them would find the
 * wrong thing.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SeveralChannelsByMessageTest {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Shape3 SHAPE = new Shape3(40, 36, 32);
    private static final URI SOURCE = URI.create("/test/channels");

    @TempDir
    private Path folder;

    /** One scan: where the lesion is, and an image of each kind. */
    private record Scan(Volume ct, Volume mr, LabelMap truth) {
        static Scan of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Geometry geometry = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
            byte[] lesion = ball(random);
            byte[] decoy = ball(random);
            float[] ct = new float[SHAPE.length()];
            float[] mr = new float[SHAPE.length()];
            for (int n = 0; n < ct.length; n++) {
                ct[n] = (float) (40 + 100 * decoy[n] + 10 * random.nextDouble());
                mr[n] = (float) (500 + 1000 * lesion[n] + 100 * random.nextDouble());
            }
            return new Scan(new Volume(geometry, ct), new Volume(geometry, mr), new LabelMap(geometry, lesion));
        }

        private static byte[] ball(SplittableRandom random) {
            int[] centre = {8 + random.nextInt(24), 8 + random.nextInt(20), 8 + random.nextInt(16)};
            byte[] ball = new byte[SHAPE.length()];
            for (int i = 0; i < SHAPE.d(); i++) {
                for (int j = 0; j < SHAPE.h(); j++) {
                    for (int k = 0; k < SHAPE.w(); k++) {
                        int square = (i - centre[0]) * (i - centre[0])
                                + (j - centre[1]) * (j - centre[1])
                                + (k - centre[2]) * (k - centre[2]);
                        ball[SHAPE.index(i, j, k)] = (byte) (square <= 49 ? 1 : 0);
                    }
                }
            }
            return ball;
        }
    }

    @Test
    void whatOnlyTheSecondImageShowsIsLearnedAndFound() throws Exception {
        Path dataset = dataset();
        ModelStore models = new ModelStore(Files.createDirectories(folder.resolve("models")));
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection kafka = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(kafka);
            StringWriter told = new StringWriter();
            Optional<Event> end = new TrainingRun(
                            kafka, models, folder.resolve("scratch"), "cpu", new PrintWriter(told))
                    .run(request(dataset), LONG);
            assertThat(end).as(told.toString()).get().isInstanceOf(TrainingCompleted.class);
            ModelPackage model = models.open(models.list().get(0));
            assertThat(model.manifest().preset().channels())
                    .containsExactly(
                            new ImageChannel("CT", new IntensityWindow(0, 200)), new ImageChannel("T2", new ZScore()));
            assertThat(model.manifest().network().inChannels()).isEqualTo(2);

            Scan scan = Scan.of(1000);
            write(scan.ct(), "new-ct");
            write(scan.mr(), "new-mr");
            try (InferenceWorker worker = InferenceWorker.start(config(kafka, models));
                    EventReader results =
                            new EventReader(kafka, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.NOW);
                    EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
                assertThat(worker).isNotNull();
                publisher.publish(arrived("right", "new-ct", "new-mr"));
                assertThat(dice(completed(results, "right"), scan.truth()))
                        .as("Dice of the lesion")
                        .isGreaterThan(0.8);
                publisher.publish(arrived("swapped", "new-mr", "new-ct"));
                assertThat(dice(completed(results, "swapped"), scan.truth()))
                        .as("Dice where the images are swapped")
                        .isLessThan(0.3);
            }
        }
    }

    private Path dataset() throws IOException {
        Path dataset = folder.resolve("dataset");
        Files.createDirectories(dataset.resolve("imagesTr"));
        Files.createDirectories(dataset.resolve("labelsTr"));
        for (int n = 0; n < 6; n++) {
            Scan scan = Scan.of(n);
            new NiftiWriter().write(scan.ct(), dataset.resolve("imagesTr/case" + n + "_0000.nii.gz"));
            new NiftiWriter().write(scan.mr(), dataset.resolve("imagesTr/case" + n + "_0001.nii.gz"));
            new NiftiWriter().write(scan.truth(), dataset.resolve("labelsTr/case" + n + ".nii.gz"));
        }
        Files.writeString(
                dataset.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT", "1": "T2"}, "labels": {"background": 0, "lesion": 1},
                 "numTraining": 6, "file_ending": ".nii.gz"}""");
        return dataset;
    }

    private TrainingRequested request(Path dataset) throws IOException {
        TrainingSettings settings = new TrainingSettings(
                        50,
                        50,
                        1,
                        1,
                        List.of(32, 32, 32),
                        3e-3,
                        TrainingSettings.REFERENCE.optimizer(),
                        TrainingSettings.REFERENCE.weightDecay(),
                        true)
                .withCropsAnywhere(TrainingSettings.CROPS_ANYWHERE);
        return new TrainingRequested(
                "channels",
                new TrainingSpec(
                        dataset.toUri(),
                        PreprocessingSpec.explicit(new ExplicitPreprocessing(
                                Optional.empty(),
                                0,
                                200,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(List.of(new ChannelIntensity(
                                        "T2", 0, 1, Optional.of(IntensityMethod.Z_SCORE), Optional.empty()))))),
                        Split.drawn(2),
                        new NetworkShape(List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3).architecture(),
                        settings,
                        7,
                        Optional.empty()),
                "lesions",
                Files.createDirectories(folder.resolve("training")).toUri());
    }

    private InferenceWorkerConfig config(KafkaConnection kafka, ModelStore models) throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        return new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(Topics.SCAN_ARRIVED, "channels", SOURCE),
                models,
                AccessPolicy.files(List.of(folder), List.of(out)),
                new SegmentationSettings(folder.resolve("infer"), 1 << 22, "test"),
                ComputeSettings.on("cpu"));
    }

    private void write(Volume volume, String name) {
        new NiftiWriter().write(volume, folder.resolve(name + ".nii.gz"));
    }

    private ScanArrived arrived(String job, String first, String second) {
        return new ScanArrived(
                job,
                reference(first),
                new ModelReference("lesions", Optional.empty()),
                folder.resolve("out").toUri(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(new ChannelReference("T2", reference(second)))));
    }

    private InputReference reference(String name) {
        return new InputReference(
                folder.resolve(name + ".nii.gz").toUri(), InputReference.Kind.NIFTI, Optional.empty());
    }

    private static SegmentationCompleted completed(EventReader results, String job) {
        Event event = results.await(received -> received.event().key().equals(job), LONG)
                .orElseThrow(() -> new AssertionError("no result of " + job))
                .event();
        assertThat(event).isInstanceOf(SegmentationCompleted.class);
        return (SegmentationCompleted) event;
    }

    private static double dice(SegmentationCompleted completed, LabelMap truth) {
        Path labels = completed.outputs().stream()
                .filter(file -> file.role().equals("label-map"))
                .map(OutputFile::uri)
                .map(Path::of)
                .findFirst()
                .orElseThrow();
        LabelMap found = new NiftiReader(1 << 22).readLabels(labels);
        return LabelScore.perLabel(found, truth, 2, 1).get(0).dice();
    }
}
