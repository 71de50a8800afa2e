package io.deformux.standalone.demo;

import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.Digest;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether what a completed event says of its outputs is so. */
public final class OutputCheck {
    private OutputCheck() {}

    /** Reads every output again, prints one line each, and tells whether all of it holds. */
    public static boolean check(SegmentationCompleted completed, PrintWriter out) {
        boolean good = !completed.outputs().isEmpty();
        for (OutputFile output : completed.outputs()) {
            String problem = problem(completed, output);
            out.println("output: " + Path.of(output.uri()) + " (" + output.sizeBytes() + " bytes, "
                    + (problem.isEmpty() ? "read back: correct" : "WRONG: " + problem) + ")");
            good &= problem.isEmpty();
        }
        return good;
    }

    private static String problem(SegmentationCompleted completed, OutputFile output) {
        Path file = Path.of(output.uri());
        try {
            if (!Files.isRegularFile(file)) {
                return "not there";
            }
            if (Files.size(file) != output.sizeBytes() || !Digest.of(file).equals(output.sha256())) {
                return "other bytes than the event says";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.role().equals("label-map") ? labelProblem(completed, file) : "";
    }

    private static String labelProblem(SegmentationCompleted completed, Path file) {
        LabelMap labels = new NiftiReader(SegmentationSettings.MAX_VOXELS).readLabels(file);
        List<Integer> shape = completed.grid().shape();
        for (int axis = 0; axis < 3; axis++) {
            if (labels.geometry().shape().axis(axis) != shape.get(axis)) {
                return "another grid than the event says";
            }
        }
        long[] counts = labels.counts();
        for (LabelVolume label : completed.labels()) {
            if (counts[label.value()] != label.voxels()) {
                return "another voxel count of label " + label.value() + " than the event says";
            }
        }
        return "";
    }
}
