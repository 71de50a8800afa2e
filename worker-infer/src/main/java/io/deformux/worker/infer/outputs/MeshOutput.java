package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.mesh.Surface;
import io.deformux.mesh.SurfaceNets;
import io.deformux.worker.infer.stage.JobWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A surface per label that was found, as {@link GlbFile}; nothing where there is none. */
public final class MeshOutput implements OneFileOutput {
    private final SegmentTable table;

    /** An output with the colours of that table. */
    public MeshOutput(SegmentTable table) {
        this.table = Objects.requireNonNull(table, "table");
    }

    @Override
    public OutputRole role() {
        return OutputRole.MESH;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        long[] counts = result.labels().counts();
        List<String> names = result.preset().classes();
        List<GlbFile.Part> parts = new ArrayList<>();
        for (int label : result.classes().wanted()) {
            watch.requireOwned();
            if (counts[label] > 0) {
                Surface surface = SurfaceNets.of(result.labels(), label);
                parts.add(new GlbFile.Part(names.get(label), result.rgb(table, label), surface));
            }
        }
        if (parts.isEmpty()) {
            return false;
        }
        try {
            GlbFile.write(file, parts);
            return true;
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the surfaces could not be written: check the scratch disk", e);
        }
    }
}
