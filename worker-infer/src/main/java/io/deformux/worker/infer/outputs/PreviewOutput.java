package io.deformux.worker.infer.outputs;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.infer.preview.LegendEntry;
import io.deformux.worker.infer.preview.Preview;
import io.deformux.worker.infer.stage.JobWatch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A picture of the result as PNG, in the window of the preset. */
public final class PreviewOutput implements OneFileOutput {
    private final SegmentTable table;
    private final Preview preview = new Preview();

    /** An output with the colours of that table. */
    public PreviewOutput(SegmentTable table) {
        this.table = Objects.requireNonNull(table, "table");
    }

    @Override
    public OutputRole role() {
        return OutputRole.PREVIEW;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        BufferedImage image = preview.draw(
                result.scan(),
                result.labels(),
                result.preset().intensity().of(result.scan()).display(),
                result.modelTitle(),
                legend(result));
        try {
            if (!ImageIO.write(image, "png", file.toFile())) {
                throw new IllegalStateException("every Java platform writes PNG");
            }
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the preview could not be written: check the scratch disk",
                    e);
        }
        return true;
    }

    private List<LegendEntry> legend(SegmentedScan result) {
        long[] counts = result.labels().counts();
        double millilitres = result.labels().geometry().voxelMillilitres();
        List<String> names = result.preset().classes();
        List<LegendEntry> legend = new ArrayList<>();
        for (int label : result.classes().wanted()) {
            legend.add(new LegendEntry(label, names.get(label), result.rgb(table, label), counts[label] * millilitres));
        }
        return legend;
    }
}
