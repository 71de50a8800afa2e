package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.Grid;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.SegmentationCompleted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A result as a person reads it. */
class ResultSummaryTest {
    @Test
    void aPersonReadsVolumesFilesAndWarnings() {
        SegmentationCompleted result = new SegmentationCompleted(
                "job",
                "0".repeat(64),
                new ModelVersion("amos", "1.2", "0".repeat(64)),
                List.of(new OutputFile(
                        URI.create("file:///out/labels.nii.gz"), "application/gzip", 7, "0".repeat(64), "label-map")),
                List.of(new LabelVolume(1, "spleen", 212400, 191.16), new LabelVolume(2, "right kidney", 0, 0)),
                new Grid(List.of(1, 1, 1), List.of(1.0, 1.0, 1.0), List.of()),
                Map.of("infer", 2_500L),
                new RuntimeInfo("cpu", "fp32", "1", Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.of(List.of(new ResultWarning("SLICES_RESAMPLED", "of 2 mm"))));

        assertThat(new ResultSummary(result).lines())
                .containsExactly(
                        "amos 1.2, 2.5 s",
                        "  spleen            191.2 mL",
                        "  right kidney  not found",
                        "label-map: /out/labels.nii.gz",
                        "warning: SLICES_RESAMPLED: of 2 mm");
    }
}
