package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.Split;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.Variations;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.testing.server.KafkaFixture;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SendTrainingCommandTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theEventStatesTheWholeRecipe() {
        TrainingRequested request = sent("--preset", "amos", "--folds", "5");

        assertThat(request.training().dataset()).isEqualTo(Path.of("/data/set").toUri());
        assertThat(request.training().preprocessing().preset()).contains("amos");
        assertThat(request.training().split()).isEqualTo(Split.drawn(5));
        assertThat(request.training().settings()).isEqualTo(TrainingSettings.REFERENCE.withCropsAnywhere(0.5));
        assertThat(request.modelName()).isEqualTo("organs");
    }

    @Test
    void everythingCanBeSaid() {
        TrainingRequested request = sent(
                "--window=-100,240",
                "--spacing",
                "1.5,1.5,2",
                "--folds",
                "3",
                "--only",
                "0,2",
                "--roi",
                "48,48,48",
                "--feature-sizes",
                "8,16,32,64",
                "--hidden",
                "128",
                "--iterations",
                "200",
                "--seed",
                "9",
                "--learning-rate",
                "0.001",
                "--no-augmentation",
                "--crops-anywhere",
                "0.25",
                "--mirror-axes",
                "0,2",
                "--elastic",
                "--gamma",
                "--noise",
                "--early-stop",
                "20",
                "--initial-weights",
                "s3://models/start.pt");

        assertThat(request.training().preprocessing().explicit()).hasValueSatisfying(values -> {
            assertThat(values.windowLow()).isEqualTo(-100);
            assertThat(values.windowHigh()).isEqualTo(240);
            assertThat(values.spacingMm()).contains(List.of(1.5, 1.5, 2.0));
        });
        assertThat(request.training().split().chosen()).containsExactly(0, 2);
        assertThat(request.training().architecture().name()).isEqualTo("deform-uxnet");
        assertThat(request.training().architecture().settings().get("featureSizes"))
                .hasToString("[8,16,32,64]");
        assertThat(request.training().architecture().settings().get("hidden")).hasToString("128");
        assertThat(request.training().settings().roi()).containsExactly(48, 48, 48);
        assertThat(request.training().settings().iterations()).isEqualTo(200);
        assertThat(request.training().settings().learningRate()).isEqualTo(0.001);
        assertThat(request.training().settings().augment()).isFalse();
        assertThat(request.training().settings().cropsAnywhere()).contains(0.25);
        assertThat(request.training().settings().variations())
                .contains(new Variations(List.of(0, 2), true, true, true));
        assertThat(request.training().settings().earlyStop()).contains(20);
        assertThat(request.training().seed()).isEqualTo(9);
        assertThat(request.training().initialWeights()).map(Object::toString).contains("s3://models/start.pt");
    }

    @Test
    void anotherArchitectureIsSentWithEverySettingWrittenOut() {
        TrainingRequested request = sent(
                "--preset",
                "amos",
                "--folds",
                "2",
                "--architecture",
                "ux-net",
                "--architecture-setting",
                "kernel=21",
                "--architecture-setting",
                "depths=1,1,1,1");

        assertThat(request.training().architecture().name()).isEqualTo("ux-net");
        assertThat(request.training().architecture().settings())
                .hasToString("{featureSizes=[48,96,192,384], depths=[1,1,1,1], hidden=768, kernel=21}");
    }

    @Test
    void aNetworkOfOneSizeAloneIsForTheWindow() {
        TrainingRequested request =
                sent("--preset", "amos", "--folds", "5", "--architecture", "unetr", "--roi", "64,48,32");

        assertThat(request.training().architecture().settings().get("imageSize"))
                .hasToString("[64,48,32]");
    }

    @Test
    void anNnFormerIsTrainedWithTheOutputsOfItsReference() {
        TrainingRequested request = sent("--preset", "amos", "--folds", "5", "--architecture", "nnformer");

        assertThat(request.training()
                        .architecture()
                        .settings()
                        .get("deepSupervision")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aNetworkOfCubesAloneIsPlannedFor(@TempDir Path folder) throws IOException {
        new PhantomDataset(new Shape3(48, 40, 36), new double[] {1.5, 1.5, 2}).write(folder, 3);

        TrainingRequested request = sent(
                "--dataset",
                folder.toString(),
                "--preset",
                "auto",
                "--folds",
                "3",
                "--architecture",
                "trans-bts",
                "--architecture-setting",
                "embedding=256");

        List<Integer> roi = request.training().settings().roi();
        assertThat(roi).hasSize(3).containsOnly(roi.get(0));
        assertThat(request.training().architecture().settings().get("imageSize").asInt())
                .isEqualTo(roi.get(0));
    }

    @Test
    void aNetworkThatCannotBeIsNotSent() {
        assertThat(run("--preset", "amos", "--folds", "2", "--architecture", "v-net"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--preset", "amos", "--folds", "2", "--roi", "96,96,90")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no such architecture, only", "multiples of 16");
    }

    @Test
    void whatTheContractForbidsIsNotSent() {
        assertThat(run("--preset", "amos", "--folds", "5", "--iterations", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("/training/settings/iterations");
    }

    @Test
    void whatIsPlannedFromADataSetIsStatedInTheRequest(@TempDir Path folder) throws IOException {
        new PhantomDataset(new Shape3(48, 40, 36), new double[] {1.5, 1.5, 2}).write(folder, 3);
        String[] asked = {
            "--dataset",
            folder.toString(),
            "--preset",
            "auto",
            "--folds",
            "3",
            "--feature-sizes",
            "8,16,32,64",
            "--hidden",
            "64"
        };

        TrainingRequested request = sent(asked);

        ExplicitPreprocessing values =
                request.training().preprocessing().explicit().orElseThrow();
        assertThat(values.spacingMm()).contains(List.of(1.5, 1.5, 2.0));
        assertThat(values.intensity()).contains(IntensityMethod.CLIPPED_SCORE);
        assertThat(values.score()).isPresent();
        assertThat(values.windowLow()).isBetween(-1024.0, values.windowHigh());
        TrainingSettings settings = request.training().settings();
        assertThat(settings.roi()).allSatisfy(size -> assertThat(size).isIn(16, 32, 48));
        assertThat(settings.batchSize()).isEqualTo(2);
        assertThat(settings.cropsPerVolume()).isEqualTo(1);
        assertThat(settings.overlap()).contains(0.5);
        List<String> words = values.planned().orElseThrow();
        assertThat(words).first().asString().contains("rules of nnU-Net from 3 scans, median 48x40x36 voxels");
        assertThat(err.toString().lines()).containsAll(words);
    }

    @Test
    void labelsOfADataSetThatNamesNoneStandBesideAPlan(@TempDir Path folder) throws IOException {
        new PhantomDataset(new Shape3(48, 40, 36), new double[] {1.5, 1.5, 2}).write(folder, 3);
        Files.delete(folder.resolve("dataset.json"));
        List<String> names = List.of("background", "a", "b", "c", "d", "e");

        TrainingRequested request = sent(
                "--dataset",
                folder.toString(),
                "--preset",
                "auto",
                "--labels",
                String.join(",", names),
                "--folds",
                "3",
                "--feature-sizes",
                "8,16,32,64",
                "--hidden",
                "64");

        assertThat(request.training().preprocessing().explicit().orElseThrow().labels())
                .contains(names);
    }

    @Test
    void aPresetWithLabelsOfItsOwnTakesNoOthers() {
        assertThat(run("--preset", "amos", "--labels", "background,liver", "--folds", "2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("the preset amos has labels of its own");
    }

    @Test
    void channelsAreScaledAsTheirNamesSayAndTheOthersByTheWindow() {
        TrainingRequested request = sent(
                "--folds",
                "2",
                "--window=-125,275",
                "--channel-intensity",
                "PET=percentiles:1,99",
                "--channel-intensity",
                "T1=z-score");

        ExplicitPreprocessing values =
                request.training().preprocessing().explicit().orElseThrow();
        assertThat(values.channels().orElseThrow())
                .containsExactly(
                        new ChannelIntensity("PET", 1, 99, Optional.of(IntensityMethod.PERCENTILES), Optional.empty()),
                        new ChannelIntensity("T1", 0, 1, Optional.of(IntensityMethod.Z_SCORE), Optional.empty()));
        assertThat(values.channel("CT").windowHigh()).isEqualTo(275);
        assertThat(run("--folds", "2", "--channel-intensity", "T1=z-score")).isEqualTo(ExitCode.OK);
        assertThat(run("--folds", "2", "--channel-intensity", "T1=loud")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--preset", "amos", "--folds", "2", "--channel-intensity", "T1=z-score"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--channel-intensity T1: it is z-score", "a preset says how");
    }

    @Test
    void aScoreThatOnlyImportedModelsHaveIsRefusedWithTheOneToTrainWith() {
        String why = "z-score-with-zeros is of imported models alone: train with z-score";
        assertThat(run("--folds", "2", "--channel-intensity", "T1=z-score-with-zeros"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--channel-intensity T1: " + why);
        err.getBuffer().setLength(0);
        assertThat(run("--folds", "2", "--window=0,100", "--intensity", "z-score-with-zeros"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(why);
    }

    @Test
    void aPlanNeedsTheDataSetAndNothingThatItDecides(@TempDir Path folder) {
        String[] plan = {"--preset", "auto", "--folds", "2"};
        assertThat(run(plan)).isNotEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("there is no folder at /data/set on this machine");
        assertThat(run("--dataset", "s3://data/set", "--preset", "auto", "--folds", "2"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--preset", "auto", "--folds", "2", "--batch-size", "4")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("as a path on this machine", "leave --roi, --batch-size and --crops out");
    }

    @Test
    void presetAndWindowExcludeEachOther() {
        assertThat(run("--folds", "5")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--preset", "amos", "--window=0,1", "--folds", "5")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--window=0", "--folds", "5")).isEqualTo(ExitCode.USAGE);
    }

    private TrainingRequested sent(String... arguments) {
        try (EventReader reader = new EventReader(KAFKA.connection(), List.of(Topics.TRAINING_REQUESTED), From.NOW)) {
            assertThat(run(arguments)).as(err.toString()).isEqualTo(ExitCode.OK);
            String id = out.toString().strip();
            return (TrainingRequested) reader.await(event -> event.event().key().equals(id), Duration.ofSeconds(20))
                    .orElseThrow()
                    .event();
        }
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "send",
                "training",
                "--bootstrap-servers",
                KAFKA.connection().bootstrapServers(),
                "--model",
                "organs",
                "--output",
                "/out"));
        if (!List.of(more).contains("--dataset")) {
            arguments.addAll(List.of("--dataset", "/data/set"));
        }
        arguments.addAll(List.of(more));
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
