package io.deformux.worker.train.job;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.uxnet.UxNet;
import io.deformux.network.architecture.uxnet.UxNetConfig;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.weights.Weights;
import io.deformux.storage.Digest;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.preparation.LabelledVoxels;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.sampling.Augmentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fold that is interrupted and taken up again ends with the very bits of one that was not. */
class FoldJobTest {
    static final FoldSettings SETTINGS = new FoldSettings(
            new DeformUxNetConfig(1, 2, List.of(8, 8, 8, 8), List.of(1, 1, 1, 1), 8, 3),
            new Shape3(32, 32, 16),
            1,
            2,
            0.5,
            6,
            4,
            OptionalInt.empty(),
            AdamW.Settings.of(1e-3, 0.01),
            Augmentation.REFERENCE
                    .withElasticDeformation()
                    .withNoise()
                    .withGamma()
                    .withMirroring(List.of(0, 1)),
            0.25,
            7);
    private static final FoldData DATA = new FoldData(
            new Fold(0, List.of("a", "b"), List.of("c")),
            List.of(scan("a", 1), scan("b", 2)),
            List.of(scan("c", 3)),
            "d");

    @TempDir
    Path undisturbed;

    @TempDir
    Path interrupted;

    @Test
    void resumesBitForBit() throws IOException {
        TrainedFold expected = job(undisturbed, TrainingListener.NONE).run(first());
        for (int stop : new int[] {2, 5}) {
            assertThatThrownBy(() -> job(interrupted, interruptAt(stop)).run(first()))
                    .isInstanceOfSatisfying(
                            JobException.class,
                            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(FailureCode.JOB_CANCELLED));
            // The job leaves the interrupt to whoever stopped it.
            Thread.interrupted();
        }

        TrainedFold actual = job(interrupted, TrainingListener.NONE).run(first());

        assertThat(actual.losses()).hasSize(6).isEqualTo(expected.losses());
        assertThat(actual.validations()).isEqualTo(expected.validations());
        assertThatArray(Files.readAllBytes(interrupted.resolve(FoldJob.BEST)))
                .isEqualTo(Files.readAllBytes(undisturbed.resolve(FoldJob.BEST)));
        assertThat(actual.times().steps()).as("steps of the last run").isEqualTo(1);
    }

    @Test
    void aFoldEndsEarlyOnRequestAndGoesOnWithoutIt() throws IOException {
        FoldSettings stopping = stoppingAfter(OptionalInt.of(2));

        TrainedFold early = job(stopping, undisturbed).run(first());

        assertThat(early.losses())
                .as("two validations that are as good as the first")
                .hasSize(3);
        assertThat(early.best().iteration()).isEqualTo(1);
        assertThat(job(stopping, undisturbed).run(first()).losses()).hasSize(3);
        assertThat(job(stoppingAfter(OptionalInt.empty()), undisturbed)
                        .run(first())
                        .losses())
                .hasSize(5);
    }

    @Test
    void voxelsWithoutAClassAreNeitherLearntNorScored() {
        FoldData partly =
                new FoldData(DATA.fold(), List.of(half("a", 1), half("b", 2)), List.of(half("c", 3)), "partly");

        TrainedFold trained =
                new FoldJob(SETTINGS, partly, undisturbed, Device.cpu(), TrainingListener.NONE).run(first());

        assertThat(trained.losses()).hasSize(6).allSatisfy(loss -> assertThat(loss)
                .isBetween(0.0, 5.0));
        assertThat(trained.best().dicePerLabel().get(1))
                .as("all foreground that is known lies in no voxel")
                .isNaN();
    }

    /** A scan whose foreground nobody has marked: of all that is it, the class is unknown. */
    private static PreparedCase half(String id, long seed) {
        PreparedCase whole = scan(id, seed);
        byte[] labels = whole.labels();
        for (int n = 0; n < labels.length; n++) {
            labels[n] = labels[n] == 1 ? LabelledVoxels.IGNORED : 0;
        }
        return PreparedCase.of(id, whole.shape(), whole.image(), labels);
    }

    @Test
    void stepsBeforeASecondLookAreNotCountedTwice() {
        double[] kept = new double[1];
        TrainingListener slip = new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (progress.iteration() == 5 && kept[0] == 0) {
                    kept[0] = TrainingCheckpoint.read(undisturbed.resolve(FoldJob.CHECKPOINT))
                            .seconds();
                    throw new JobException(FailureCode.TRAINING_DIVERGED, "for once");
                }
            }
        };

        TrainedFold trained = job(undisturbed, slip).run(first());

        assertThat(trained.times().steps()).as("from the checkpoint on").isEqualTo(2);
        assertThat(kept[0]).isPositive();
        assertThat(trained.seconds()).isEqualTo(kept[0] + trained.times().training());
    }

    /** Learns next to nothing, so that no validation is better than another. */
    private static FoldSettings stoppingAfter(OptionalInt validations) {
        return new FoldSettings(
                SETTINGS.network(),
                SETTINGS.crop(),
                1,
                1,
                SETTINGS.anywhere(),
                5,
                1,
                validations,
                AdamW.Settings.of(1e-12, 0),
                Augmentation.NONE,
                SETTINGS.overlap(),
                SETTINGS.seed());
    }

    private static FoldJob job(FoldSettings settings, Path folder) {
        return new FoldJob(settings, DATA, folder, Device.cpu(), TrainingListener.NONE);
    }

    @Test
    void aFoldThatIsLostAtAnyPointKeepsNothingMoreAndStillEndsInTheSameBits() throws IOException {
        job(undisturbed, TrainingListener.NONE).run(first());
        int steps = 0;
        boolean done = false;
        while (!done) {
            Losing losing = new Losing(steps, interrupted);
            try {
                job(interrupted, losing).run(first());
                done = true;
            } catch (JobException e) {
                assertThat(e.code()).isEqualTo(FailureCode.JOB_CANCELLED);
                assertThat(seen(interrupted)).isEqualTo(losing.seenWhenLost);
            }
            steps++;
        }
        assertThat(steps).as("until nothing is left to lose").isGreaterThan(3);
        assertThat(Digest.of(interrupted.resolve(FoldJob.BEST)))
                .isEqualTo(Digest.of(undisturbed.resolve(FoldJob.BEST)));
        try (Stream<Path> files = Files.list(interrupted)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("[0-9a-f]{16}", "DIGEST")))
                    .containsExactlyInAnyOrder(FoldJob.BEST, FoldJob.CHECKPOINT, ".best-DIGEST.pt");
        }
    }

    @Test
    void theBestNetworkIsTheOneThatTheCheckpointNamesWhateverElseLiesThere() throws IOException {
        job(undisturbed, TrainingListener.NONE).run(first());
        Path best = undisturbed.resolve(FoldJob.BEST);
        String right = Digest.of(best);
        Path another = Files.writeString(undisturbed.resolve("another"), "of another worker");
        Files.move(another, best, StandardCopyOption.REPLACE_EXISTING);

        job(undisturbed, TrainingListener.NONE).run(first());
        assertThat(Digest.of(best)).isEqualTo(right);

        Files.delete(best);
        Files.delete(undisturbed.resolve(".best-" + right.substring(0, 16) + ".pt"));
        assertThatThrownBy(() -> job(undisturbed, TrainingListener.NONE).run(first()))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CHECKPOINT_INVALID));
    }

    @Test
    void aLossThatIsNoNumberStopsTheFoldAndLeavesTheLastGoodCheckpoint() throws IOException {
        assertThatThrownBy(() ->
                        new FoldJob(SETTINGS, damaged(), undisturbed, Device.cpu(), TrainingListener.NONE).run(first()))
                .hasMessageContaining("the loss is NaN at iteration 0; there is no checkpoint yet");
        FoldSettings shorter = SETTINGS.withIterations(4, 4);
        new FoldJob(shorter, DATA, undisturbed, Device.cpu(), TrainingListener.NONE).run(first());
        Map<String, String> kept = seen(undisturbed);

        assertThatThrownBy(() ->
                        new FoldJob(SETTINGS, damaged(), undisturbed, Device.cpu(), TrainingListener.NONE).run(first()))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.TRAINING_DIVERGED))
                .hasMessageContaining("at iteration 4; the checkpoint of iteration 4 and the best network are kept");
        assertThat(seen(undisturbed)).isEqualTo(kept).doesNotContainValue("none");
        assertThat(job(undisturbed, TrainingListener.NONE).run(first()).losses())
                .hasSize(6);
    }

    /** The same cases with a value in them that is no number, as if they had been damaged since they were prepared. */
    private static FoldData damaged() {
        Shape3 shape = new Shape3(36, 34, 20);
        float[] image = new float[shape.length()];
        Arrays.fill(image, Float.NaN);
        PreparedCase bad = PreparedCase.of("a", shape, image, new byte[image.length]);
        return new FoldData(DATA.fold(), List.of(bad, bad), DATA.validation(), DATA.digest());
    }

    /** Loses the fold at the question after {@code left} others. */
    private static final class Losing implements TrainingListener {
        private final Path folder;
        private int left;
        private Map<String, String> seenWhenLost = Map.of();

        Losing(int steps, Path folder) {
            this.left = steps;
            this.folder = folder;
        }

        @Override
        public void requireOwned() {
            if (left-- == 0) {
                seenWhenLost = seen(folder);
                throw new JobException(FailureCode.JOB_CANCELLED, "lost");
            }
        }

        @Override
        public boolean owned() {
            return left >= 0;
        }
    }

    /** The digests of what another worker would go on from. */
    private static Map<String, String> seen(Path folder) {
        Map<String, String> seen = new TreeMap<>();
        for (String name : List.of(FoldJob.BEST, FoldJob.CHECKPOINT)) {
            try {
                Path file = folder.resolve(name);
                seen.put(name, Files.exists(file) ? Digest.of(file) : "none");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return seen;
    }

    @Test
    void saysWhereTheTimeWent() {
        TrainedFold result = job(undisturbed, TrainingListener.NONE).run(first());

        StepTimes times = result.times();
        assertThat(times.steps()).isEqualTo(6);
        assertThat(List.of(times.data(), times.forward(), times.backward(), times.update(), times.validation()))
                .allSatisfy(seconds -> assertThat(seconds).isPositive());
        assertThat(times.toString())
                .matches("6 steps: data .* \\(.* %\\), forward .* ms, backward .* ms, update .* ms each; validation"
                        + " .* s");
    }

    @Test
    void aNetworkWithoutAFastFormIsTrainedByItsTorchScript() throws IOException {
        UxNetConfig network = UxNet.ARCHITECTURE.configured(
                1,
                2,
                NetworkSettings.NONE
                        .with("featureSizes", List.of(4, 4, 4, 4))
                        .with("depths", List.of(1, 1, 1, 1))
                        .with("hidden", 4));
        FoldSettings settings = new FoldSettings(
                network,
                SETTINGS.crop(),
                SETTINGS.casesPerIteration(),
                SETTINGS.cropsPerCase(),
                SETTINGS.anywhere(),
                SETTINGS.iterations(),
                SETTINGS.validationInterval(),
                SETTINGS.earlyStop(),
                SETTINGS.optimizer(),
                SETTINGS.augmentation(),
                SETTINGS.overlap(),
                SETTINGS.seed());
        Weights start = settings.firstWeights(0);

        TrainedFold result = new FoldJob(settings, DATA, undisturbed, Device.cpu(), TrainingListener.NONE).run(start);

        assertThat(result.losses()).hasSize(6).allSatisfy(loss -> assertThat(loss)
                .isFinite());
        Weights trained =
                CheckpointReader.read(undisturbed.resolve(FoldJob.BEST)).weights();
        network.modules().requireFit(trained);
        String kernel = "uxnet_3d.stages.3.0.dwconv.weight";
        assertThat(Arrays.equals(trained.get(kernel).values(), start.get(kernel).values()))
                .as("the same after training")
                .isFalse();
    }

    private static FoldJob job(Path folder, TrainingListener listener) {
        return new FoldJob(SETTINGS, DATA, folder, Device.cpu(), listener);
    }

    private static Weights first() {
        return SETTINGS.network().modules().randomWeights(1);
    }

    private static TrainingListener interruptAt(int iteration) {
        return new TrainingListener() {
            @Override
            public void stepped(TrainingProgress progress) {
                if (progress.iteration() == iteration) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /** A bright block in noise. */
    private static PreparedCase scan(String id, long seed) {
        Shape3 shape = new Shape3(36, 34, 20);
        SplittableRandom random = new SplittableRandom(seed);
        float[] image = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        for (int n = 0; n < image.length; n++) {
            labels[n] = (byte) (n / (34 * 20) > 12 && n % 20 > 8 ? 1 : 0);
            image[n] = (float) (0.1 + 0.5 * labels[n] + 0.3 * random.nextDouble());
        }
        return PreparedCase.of(id, shape, image, labels);
    }
}
