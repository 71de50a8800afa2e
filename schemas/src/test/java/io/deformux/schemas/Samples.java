package io.deformux.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One event of each type, as a record and as the JSON text in the test resources. */
final class Samples {
    private static final String JOB = "2024-05-17.ct-0042";
    private static final String INPUT_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final String MODEL_SHA256 = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
    private static final String REQUEST_SHA256 = "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13";
    private static final String TRAINING = "amos-2026.03";
    private static final String COMPARISON = "amos-which";
    private static final String MODEL = "amos-abdomen";
    private static final String VERSION = "20260301.120000.000";
    private static final String LABEL_MISSING = "DATASET_LABEL_MISSING";
    private static final String LABEL_MISSING_MESSAGE = "The image of case 17 has no label map.";

    private Samples() {}

    static List<Event> all() {
        return List.of(
                scanArrived(),
                segmentationCompleted(),
                segmentationFailed(),
                new TrainingRequested(TRAINING, trainingSpec(), MODEL, URI.create("s3://trainings/amos-2026.03/")),
                new TrainingFoldRequested(
                        TRAINING, 2, trainingSpec(), MODEL, URI.create("s3://trainings/amos-2026.03/")),
                new TrainingFoldCompleted(TRAINING, foldResult()),
                new TrainingFoldFailed(TRAINING, 2, LABEL_MISSING, LABEL_MISSING_MESSAGE, false, 1),
                new TrainingReady(
                        TRAINING,
                        REQUEST_SHA256,
                        new ModelTarget(MODEL, VERSION),
                        List.of(foldResult()),
                        1_772_366_400_000L),
                trainingCompleted(),
                new TrainingFailed(
                        TRAINING,
                        REQUEST_SHA256,
                        "FOLD_FAILED",
                        "Fold 2 has failed: DATASET_LABEL_MISSING.",
                        false,
                        List.of(foldResult()),
                        List.of(new FoldFailure(2, LABEL_MISSING, LABEL_MISSING_MESSAGE)),
                        61_200_000),
                comparisonRequested(),
                comparisonReady(),
                comparisonCompleted(),
                new ComparisonFailed(
                        COMPARISON,
                        REQUEST_SHA256,
                        "COMPARISON_EMPTY",
                        "No network was trained to the end.",
                        false,
                        List.of(failedNetwork()),
                        61_200_000),
                new ModelPublished(
                        MODEL,
                        VERSION,
                        MODEL_SHA256,
                        URI.create("file:///models/amos-abdomen/20260301.120000.000/"),
                        labelSummaries(),
                        0.952,
                        Optional.of(TRAINING),
                        Optional.of(modelProvenance())),
                jobProgress(),
                new DeadLetterReplay("0-17"),
                new JobCancel("ct-0042"));
    }

    private static ModelProvenance modelProvenance() {
        return new ModelProvenance(
                "deform-uxnet",
                55_800_000,
                Optional.of(List.of(1.5, 1.5, 2.0)),
                List.of(
                        new ScaledChannel("CT", IntensityMethod.WINDOW, -125, 275),
                        new ScaledChannel("T2", IntensityMethod.Z_SCORE),
                        new ScaledChannel(
                                "CT2",
                                IntensityMethod.CLIPPED_SCORE,
                                Optional.of(-900.0),
                                Optional.of(300.0),
                                Optional.of(80.5),
                                Optional.of(110.5))),
                Optional.of("Task09_Spleen"),
                INPUT_SHA256,
                List.of(PublishedFold.of(foldResult())),
                Optional.of("deformux 0.1.0"));
    }

    static ScanArrived scanArrived() {
        return new ScanArrived(
                JOB,
                new InputReference(
                        URI.create("file:///data/incoming/1.2.840.113619.2.55.3"),
                        InputReference.Kind.DICOM,
                        Optional.of(INPUT_SHA256),
                        Optional.of("1.2.840.113619.2.55.3.1"),
                        Optional.of(2),
                        Optional.of(DicomUnevenSlices.RESAMPLE)),
                new ModelReference("amos-abdomen", Optional.of("1.2.0")),
                URI.create("s3://results/2024-05-17.ct-0042/"),
                Optional.of(URI.create("dicomwebs://pacs.example.org/dicom-web/studies")),
                Optional.of(DicomSegKind.LABELMAP),
                Optional.of(Priority.ROUTINE),
                Optional.of(new OutputChoice(
                        Optional.of(List.of("spleen", "right kidney")),
                        Optional.of(List.of("spleen")),
                        Optional.of(ProbabilityGrid.NETWORK),
                        Optional.of(ProbabilityType.UINT16),
                        Optional.of(List.of("spleen")),
                        Optional.of("width:12.5"),
                        Optional.of(List.of(WantedRole.CLASS_MASK, WantedRole.PROBABILITIES)))),
                Optional.of(List.of(new ChannelReference(
                        "T2",
                        new InputReference(
                                URI.create("file:///data/incoming/t2.nii.gz"),
                                InputReference.Kind.NIFTI,
                                Optional.empty())))));
    }

    static SegmentationCompleted segmentationCompleted() {
        Map<String, Long> timings = new LinkedHashMap<>();
        timings.put("fetch", 412L);
        timings.put("read", 1530L);
        timings.put("transform", 2210L);
        timings.put("inference", 60120L);
        timings.put("restore", 1804L);
        timings.put("store", 377L);
        return new SegmentationCompleted(
                JOB,
                INPUT_SHA256,
                new ModelVersion(
                        "amos-abdomen", "1.2.0", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
                List.of(
                        new OutputFile(
                                URI.create("s3://results/2024-05-17.ct-0042/labels.nii.gz"),
                                "application/gzip",
                                184213,
                                "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
                                "label-map"),
                        new OutputFile(
                                URI.create("s3://results/2024-05-17.ct-0042/masks/spleen.nii.gz"),
                                "application/gzip",
                                90211,
                                "0d1c8fbe1d5a1a5c4e8f6ac0e3b0a7c2d6f4bb23d7c9a86b8a2a2b3a0e5e6f71",
                                "class-mask",
                                Optional.of("spleen"))),
                List.of(
                        new LabelVolume(
                                1,
                                "spleen",
                                212400,
                                191.16,
                                Optional.of(1),
                                Optional.of("#9d6ca2"),
                                Optional.of(0.913),
                                Optional.of(0.112),
                                Optional.of(0.037)),
                        new LabelVolume(2, "right kidney", 0, 0)),
                grid(),
                timings,
                new RuntimeInfo("cuda:0", "bf16", "0.1.0-SNAPSHOT", Optional.of("library"), Optional.of(0.0039)),
                Optional.of(new InputSummary(List.of(
                        new PassedOverFiles("localizer", 1, List.of(141), List.of("1.2.840.113619.2.55.3.9"))))),
                Optional.of(List.of(new ResultWarning(
                        "SLICES_RESAMPLED",
                        "139 slices that are not evenly spaced were interpolated to 140 of 2.500 mm"))));
    }

    private static TrainingSpec trainingSpec() {
        return new TrainingSpec(
                URI.create("file:///data/amos22"),
                PreprocessingSpec.explicit(new ExplicitPreprocessing(
                        Optional.of(List.of(1.5, 1.5, 2.0)),
                        -125,
                        275,
                        Optional.of(List.of("background", "spleen", "right kidney")),
                        Optional.of(IntensityMethod.CLIPPED_SCORE),
                        Optional.of(new IntensityScore(81.5, 40.25)),
                        Optional.of(List.of("spacing: the median of 200 scans")),
                        Optional.of(List.of(new ChannelIntensity(
                                "PET", 0, 1, Optional.of(IntensityMethod.Z_SCORE), Optional.empty()))))),
                new Split(
                        3,
                        Optional.of(List.of(0, 2)),
                        Optional.of(URI.create("file:///data/amos22/splits_final.json"))),
                new NetworkShape(List.of(48, 96, 192, 384), List.of(2, 2, 2, 2), 768, 3).architecture(),
                trainingSettings(),
                7,
                Optional.of(URI.create("s3://models/amos-start/model.pt")));
    }

    private static TrainingSettings trainingSettings() {
        TrainingSettings recipe = TrainingSettings.REFERENCE;
        return new TrainingSettings(
                recipe.iterations(),
                recipe.validationInterval(),
                recipe.batchSize(),
                recipe.cropsPerVolume(),
                recipe.roi(),
                recipe.learningRate(),
                recipe.optimizer(),
                recipe.weightDecay(),
                recipe.augment(),
                Optional.of(TrainingSettings.CROPS_ANYWHERE),
                Optional.of(new Variations(List.of(1, 2), true, true, false)),
                Optional.of(0.5),
                Optional.of(20));
    }

    private static FoldResult foldResult() {
        return new FoldResult(
                0,
                List.of(
                        new LabelDice(1, "spleen", Optional.of(0.953)),
                        new LabelDice(2, "right kidney", Optional.empty())),
                0.953,
                41_500,
                60_000,
                new StoredModel(URI.create("s3://trainings/amos-2026.03/fold-0/model/"), MODEL_SHA256),
                INPUT_SHA256,
                Map.of("training", 7L),
                61_200_000,
                Optional.of(foldMeasurement()));
    }

    private static FoldMeasurement foldMeasurement() {
        return new FoldMeasurement(
                new StoredFile(URI.create("s3://trainings/amos-2026.03/fold-0/scores.json"), INPUT_SHA256),
                55_800_000L,
                635_800_000_000L,
                58_000_000,
                48,
                9_120.5,
                Optional.of(6_000_000_000L));
    }

    private static ComparisonRequested comparisonRequested() {
        TrainingSpec spec = trainingSpec();
        return new ComparisonRequested(
                COMPARISON,
                new ComparisonSpec(spec.dataset(), spec.preprocessing(), spec.split(), spec.settings(), spec.seed()),
                List.of(
                        new ComparedNetwork("deform-uxnet", spec.architecture()),
                        new ComparedNetwork("ux-net-k21", new ArchitectureSpec("ux-net", Map.of()))),
                MODEL,
                URI.create("s3://trainings/amos-which/"));
    }

    private static ComparisonReady comparisonReady() {
        return new ComparisonReady(
                COMPARISON,
                REQUEST_SHA256,
                List.of(new TrainedNetwork(
                        "deform-uxnet",
                        "deform-uxnet",
                        "amos-which-deform-uxnet",
                        List.of(foldMeasurement()),
                        comparedModel(),
                        URI.create("file:///models/amos-abdomen-deform-uxnet/20260301.120000.000/"))),
                List.of(failedNetwork()),
                7,
                URI.create("s3://trainings/amos-which/"),
                1_772_366_400_000L);
    }

    private static ModelVersion comparedModel() {
        return new ModelVersion("amos-abdomen-deform-uxnet", VERSION, MODEL_SHA256);
    }

    private static FailedNetwork failedNetwork() {
        return new FailedNetwork("ux-net-k21", "amos-which-ux-net-k21", LABEL_MISSING, LABEL_MISSING_MESSAGE);
    }

    private static ComparisonCompleted comparisonCompleted() {
        FigureSummary dice = new FigureSummary(Optional.of(0.91), Optional.of(0.05), 48, 1);
        FigureSummary distance = new FigureSummary(Optional.of(4.2), Optional.of(1.5), 47, 1);
        FigureSummary none = new FigureSummary(Optional.empty(), Optional.empty(), 0, 0);
        return new ComparisonCompleted(
                COMPARISON,
                REQUEST_SHA256,
                48,
                1000,
                7,
                List.of(new NetworkFigures(
                        "deform-uxnet",
                        "deform-uxnet",
                        "amos-which-deform-uxnet",
                        1,
                        55_800_000L,
                        635_800_000_000L,
                        dice,
                        distance,
                        dice,
                        List.of(
                                new LabelFigures(1, "spleen", dice, distance, dice),
                                new LabelFigures(2, "right kidney", none, none, none)),
                        Optional.of(48),
                        Optional.of(0.02),
                        Optional.of(0.04),
                        List.of(0.75, 0.25),
                        58_000_000,
                        9_120.5,
                        Optional.of(6_000_000_000L),
                        comparedModel(),
                        URI.create("file:///models/amos-abdomen-deform-uxnet/20260301.120000.000/"))),
                List.of(failedNetwork()),
                List.of(new OutputFile(
                        URI.create("s3://trainings/amos-which/comparison.md"),
                        "text/markdown",
                        4213,
                        REQUEST_SHA256,
                        "comparison-markdown")),
                122_400_000);
    }

    private static List<LabelSummary> labelSummaries() {
        return List.of(
                new LabelSummary(1, "spleen", 2, Optional.of(0.952), Optional.of(0.001)),
                new LabelSummary(2, "right kidney", 0, Optional.empty(), Optional.empty()));
    }

    private static TrainingCompleted trainingCompleted() {
        return new TrainingCompleted(
                TRAINING,
                REQUEST_SHA256,
                List.of(foldResult()),
                labelSummaries(),
                0.952,
                Optional.of(0.001),
                new ModelVersion(MODEL, VERSION, MODEL_SHA256),
                URI.create("file:///models/amos-abdomen/20260301.120000.000/"),
                122_400_000);
    }

    static Grid grid() {
        return new Grid(
                List.of(512, 512, 140),
                List.of(0.6, 0.6, 2.5),
                List.of(-0.6, 0.0, 0.0, 153.3, 0.0, -0.6, 0.0, 153.3, 0.0, 0.0, 2.5, -350.0, 0.0, 0.0, 0.0, 1.0));
    }

    static SegmentationFailed segmentationFailed() {
        return new SegmentationFailed(
                JOB,
                "read",
                "DICOM_SERIES_MIXED",
                "The folder holds images of 2 series; send one series per folder.",
                false,
                1);
    }

    static JobProgress jobProgress() {
        return new JobProgress(
                JOB, "train", 12, 96, "iterations", Optional.of(53000L), Optional.of(0.75), Optional.of(0.5));
    }

    /** The JSON text of the sample of a type. */
    static String json(String type) {
        String name = EventSchemas.file(type);
        try (InputStream in = Samples.class.getResourceAsStream("samples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
