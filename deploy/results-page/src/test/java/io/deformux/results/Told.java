package io.deformux.results;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.Event;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.Grid;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelProvenance;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.NetworkFigures;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.PublishedFold;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.ScaledChannel;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.TrainingFoldFailed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events as workers tell them. */
public final class Told {
    public static final String DIGEST = "0".repeat(64);

    private Told() {}

    public static Event progress(String job, int done) {
        return new JobProgress(job, "inference", done, 10, "windows", Optional.of(4_000L));
    }

    public static Event progress(String job, int done, double loss, double dice) {
        return new JobProgress(
                job, "train", done, 10_000, "iterations", Optional.empty(), Optional.of(loss), Optional.of(dice));
    }

    public static SegmentationCompleted completed(String job, OutputFile... outputs) {
        return completed(job, List.of(outputs), List.of(new LabelVolume(1, "spleen", 1000, 1.5)));
    }

    /** As large as results usually are. */
    public static SegmentationCompleted completedWithManyLabels(String job) {
        List<OutputFile> outputs = Stream.of("label-map", "dicom-seg", "measurements", "preview")
                .map(role -> output(
                        URI.create("file:///data/results/" + job + "/" + role), "application/gzip", 1, DIGEST, role))
                .toList();
        List<LabelVolume> labels = IntStream.rangeClosed(1, 15)
                .mapToObj(value -> new LabelVolume(value, "label number " + value, 123_456, 123.456))
                .toList();
        return completed(job, outputs, labels);
    }

    private static SegmentationCompleted completed(String job, List<OutputFile> outputs, List<LabelVolume> labels) {
        return new SegmentationCompleted(
                job,
                DIGEST,
                new ModelVersion("tiny", "1", DIGEST),
                outputs,
                labels,
                new Grid(List.of(4, 4, 4), List.of(1.0, 1.0, 1.0), identity()),
                Map.of("inference", 1200L),
                new RuntimeInfo("cpu", "fp32", "test"));
    }

    public static OutputFile output(URI uri, String mediaType, long bytes, String sha256, String role) {
        return new OutputFile(uri, mediaType, bytes, sha256, role);
    }

    public static Event failed(String job) {
        return new SegmentationFailed(
                job, "read", "DICOM_SLICES_MISSING", "Send the slices that are missing.", false, 1);
    }

    public static Event foldFailed(String training, int fold) {
        return new TrainingFoldFailed(training, fold, "TRAINING_DIVERGED", "Lower the learning rate.", false, 1);
    }

    /** A comparison of which one network was trained to the end and one was not. */
    public static Event comparison(String id) {
        FigureSummary dice = new FigureSummary(Optional.of(0.9), Optional.of(0.05), 8, 1);
        FigureSummary distance = new FigureSummary(Optional.of(3.5), Optional.of(1.5), 7, 1);
        NetworkFigures best = new NetworkFigures(
                "unetr",
                "unetr",
                id + "-unetr",
                1,
                92_000_000,
                82_500_000_000L,
                dice,
                distance,
                dice,
                List.of(new LabelFigures(1, "liver", dice, distance, dice)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(1.0),
                60_000,
                1_500.5,
                Optional.empty(),
                new ModelVersion("organs-unetr", "1", DIGEST),
                URI.create("file:///models/organs-unetr/1/"));
        return new ComparisonCompleted(
                id,
                DIGEST,
                8,
                1000,
                1,
                List.of(best),
                List.of(new FailedNetwork("ux-net", id + "-ux-net", "TRAINING_DIVERGED", "Lower the learning rate.")),
                List.of(),
                90_000);
    }

    /** What a model of one fold was made of. */
    public static ModelProvenance provenance() {
        return new ModelProvenance(
                "deform-uxnet",
                55_800_000,
                Optional.of(List.of(1.5, 1.5, 2.0)),
                List.of(new ScaledChannel("image", IntensityMethod.WINDOW, -125, 275)),
                Optional.of("Task09_Spleen"),
                DIGEST,
                List.of(new PublishedFold(0, 0.8, 90, 100, 1000)),
                Optional.of("deformux test"));
    }

    private static List<Double> identity() {
        return List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
    }
}
