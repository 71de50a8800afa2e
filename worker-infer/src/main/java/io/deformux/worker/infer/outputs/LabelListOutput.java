package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Names and colours of all labels of the model in a file of its own, for programs that do not look into the label map. */
public final class LabelListOutput implements OneFileOutput {
    private final OutputRole role;
    private final LabelList list;
    private final SegmentTable table;

    private LabelListOutput(OutputRole role, LabelList list, SegmentTable table) {
        this.role = role;
        this.list = list;
        this.table = Objects.requireNonNull(table, "table");
    }

    /** One output for each program, in the colours of that table. */
    public static List<OneFileOutput> all(SegmentTable table) {
        return List.of(
                new LabelListOutput(OutputRole.LABEL_NAMES, new JsonLabels(), table),
                new LabelListOutput(OutputRole.ITK_SNAP_LABELS, new ItkSnapLabels(), table),
                new LabelListOutput(OutputRole.SLICER_COLOURS, new SlicerColours(), table));
    }

    @Override
    public OutputRole role() {
        return role;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        try {
            Files.writeString(file, list.text(result.names(table).labels()), StandardCharsets.UTF_8);
            return true;
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the list of labels could not be written: check the scratch disk",
                    e);
        }
    }
}
