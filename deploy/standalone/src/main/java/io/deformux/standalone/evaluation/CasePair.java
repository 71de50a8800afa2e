package io.deformux.standalone.evaluation;

import io.deformux.evaluation.LabelScore;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.volumefile.VolumeFiles;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.nio.file.Path;

/**
 * One prediction and its truth.
 *
 * @param name what reports call the case
 * @param prediction a label map
 * @param truth a label map on the same grid
 */
public record CasePair(String name, Path prediction, Path truth) {

    /**
     * Reads and scores both.
     *
     * @param tolerance of the surface Dice, mm
     * @throws JobException what the readers say, or DATASET_GEOMETRY_MISMATCH; each names the file
     */
    public ScoredCase score(double tolerance) {
        LabelMap predicted = read(prediction);
        LabelMap expected = read(truth);
        int classes = 1 + Math.max(largest(predicted), largest(expected));
        try {
            return new ScoredCase(
                    this,
                    expected.geometry().shape().voxels(),
                    LabelScore.perLabel(predicted, expected, classes, tolerance));
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.DATASET_GEOMETRY_MISMATCH, name + ": " + e.getMessage(), e);
        }
    }

    private static LabelMap read(Path file) {
        VolumeFiles files = ScanReader.volumeFiles(SegmentationSettings.MAX_VOXELS);
        try {
            return files.readLabels(file);
        } catch (JobException e) {
            throw new JobException(e.code(), file + ": " + e.getMessage(), e);
        }
    }

    private static int largest(LabelMap map) {
        long[] counts = map.counts();
        int label = counts.length - 1;
        while (label > 0 && counts[label] == 0) {
            label--;
        }
        return label;
    }
}
