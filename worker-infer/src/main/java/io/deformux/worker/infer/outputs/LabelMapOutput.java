package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The label map as NIfTI with the names of its classes inside, believed only after reading it back. */
public final class LabelMapOutput implements OneFileOutput {
    private final NiftiWriter writer;
    private final NiftiReader reader;
    private final SegmentTable table;

    /** An output that writes with one and reads back with the other, in the colours of that table. */
    public LabelMapOutput(NiftiWriter writer, NiftiReader reader, SegmentTable table) {
        this.table = Objects.requireNonNull(table, "table");
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public OutputRole role() {
        return OutputRole.LABEL_MAP;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        LabelMap labels = result.labels();
        writer.write(labels, result.names(table), file);
        LabelMap back = reader.readLabels(file);
        if (!back.geometry().shape().equals(labels.geometry().shape())
                || !Arrays.equals(back.labels(), labels.labels())) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the label map did not read back as written: check the scratch disk");
        }
        return true;
    }
}
