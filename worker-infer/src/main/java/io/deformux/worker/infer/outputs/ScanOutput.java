package io.deformux.worker.infer.outputs;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The scan as it was read, on the label map's grid, so that viewers that read no DICOM can show both: HU of CT, of others the
 * values after rescale. It is believed after reading it back.
 */
public final class ScanOutput implements OneFileOutput {
    private final NiftiWriter writer;
    private final NiftiReader reader;

    /** An output that writes with one and reads back with the other. */
    public ScanOutput(NiftiWriter writer, NiftiReader reader) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    @Override
    public OutputRole role() {
        return OutputRole.SCAN;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        writer.writeExactly(result.scan(), file);
        watch.requireOwned();
        if (!reader.holds(file, result.scan())) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the scan did not read back as written: check the scratch disk");
        }
        return true;
    }
}
