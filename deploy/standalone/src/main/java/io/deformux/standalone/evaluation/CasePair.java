package io.deformux.standalone.evaluation;

import io.deformux.evaluation.LabelScore;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import io.deformux.volumefile.VolumeFiles;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.nio.file.Path;
import java.util.OptionalInt;

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
     * @param ignored the value of voxels of the truth of which nobody knows the class: neither side has anything there
     * @throws JobException what the readers say, or DATASET_GEOMETRY_MISMATCH; each names the file
     */
    public ScoredCase score(double tolerance, OptionalInt ignored) {
        LabelMap stored = read(truth);
        LabelMap predicted = read(prediction);
        LabelMap expected = known(stored, stored, ignored);
        if (predicted.labels().length == stored.labels().length) { // else the scores are refused
            predicted = known(predicted, stored, ignored);
        }
        int classes = 1 + Math.max(largest(predicted), largest(expected));
        try {
            return new ScoredCase(
                    this,
                    stored.labels().length - (ignored.isPresent() ? stored.counts()[ignored.getAsInt()] : 0),
                    LabelScore.perLabel(predicted, expected, classes, tolerance));
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.DATASET_GEOMETRY_MISMATCH, name + ": " + e.getMessage(), e);
        }
    }

    /** The same with background where the truth says nothing. */
    private static LabelMap known(LabelMap map, LabelMap truth, OptionalInt ignored) {
        if (ignored.isEmpty()) {
            return map;
        }
        byte[] known = map.labels().clone();
        for (int n = 0; n < known.length; n++) {
            if ((truth.labels()[n] & 0xff) == ignored.getAsInt()) {
                known[n] = 0;
            }
        }
        return new LabelMap(map.geometry(), known);
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
