package io.deformux.standalone.page;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.Event;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FigureSummary;
import io.deformux.schemas.Grid;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.NetworkFigures;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.SegmentationCompleted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events as workers tell them, of work that nobody has done. */
final class ShownResults {
    private static final String DIGEST = "0".repeat(64);

    private ShownResults() {}

    /** As large as that of a model with many labels; the files are nowhere. */
    static SegmentationCompleted completed(String job, String... roles) {
        List<OutputFile> outputs = Stream.of(roles)
                .map(role -> new OutputFile(
                        URI.create("file:///data/results/" + job + "/" + role), "application/gzip", 1, DIGEST, role))
                .toList();
        return completed(job, outputs, labels());
    }

    /** The same that finds these labels. */
    static SegmentationCompleted found(SegmentationCompleted result, LabelVolume... labels) {
        return completed(result.jobId(), result.outputs(), List.of(labels));
    }

    private static List<LabelVolume> labels() {
        return IntStream.rangeClosed(1, 15)
                .mapToObj(value -> new LabelVolume(value, "label number " + value, 123_456, 123.456))
                .toList();
    }

    private static SegmentationCompleted completed(String job, List<OutputFile> outputs, List<LabelVolume> labels) {
        return new SegmentationCompleted(
                job,
                DIGEST,
                new ModelVersion("amos", "1", DIGEST),
                outputs,
                labels,
                new Grid(
                        List.of(512, 512, 140),
                        List.of(0.6, 0.6, 2.5),
                        List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)),
                Map.of("fetch", 400L, "read", 1500L, "inference", 60_000L, "restore", 1800L, "store", 377L),
                new RuntimeInfo("cpu", "bf16", "0.1.0-SNAPSHOT"));
    }

    /** Of ten windows. */
    static Event progress(String job, int done) {
        return new JobProgress(job, "inference", done, 10, "windows", Optional.of(4_000L));
    }

    /** How a fold of the training {@code liver} is at an iteration of 100. */
    static Event fold(int fold, int iteration) {
        return new JobProgress(
                "liver-fold-" + fold,
                "train",
                iteration,
                100,
                "iterations",
                Optional.of(60_000L),
                Optional.of(1.0 / (1 + iteration * (1 + fold) / 40.0)),
                Optional.of(dice(fold, iteration)));
    }

    /** Its Dice there. */
    static double dice(int fold, int iteration) {
        return 0.9 - 0.5 / (1 + iteration * (1 + fold) / 40.0);
    }

    /** The comparison {@code which}. */
    static Event comparison() {
        return new ComparisonCompleted(
                "which",
                DIGEST,
                8,
                1000,
                1,
                List.of(
                        row("unetr", 1, 0.9, Optional.empty(), List.of(0.9, 0.1)),
                        row("ux-net", 2, 0.8, Optional.of(0.03125), List.of(0.1, 0.9))),
                List.of(new FailedNetwork(
                        "transbts", "which-transbts", "TRAINING_DIVERGED", "Lower the learning rate.")),
                List.of(),
                90_000);
    }

    private static NetworkFigures row(String name, int rank, double dice, Optional<Double> p, List<Double> shares) {
        FigureSummary figure = new FigureSummary(Optional.of(dice), Optional.of(0.05), 8, 1);
        FigureSummary distance = new FigureSummary(Optional.of(3.5), Optional.of(1.5), 7, 1);
        return new NetworkFigures(
                name,
                name,
                "which-" + name,
                rank,
                92_000_000,
                82_500_000_000L,
                figure,
                distance,
                figure,
                List.of(new LabelFigures(1, "liver", figure, distance, figure)),
                p.map(any -> 8),
                p,
                p,
                shares,
                60_000,
                1_500.5,
                Optional.of(900_000_000L),
                new ModelVersion("organs-" + name, "1", DIGEST),
                URI.create("file:///models/organs-" + name + "/1/"));
    }
}
