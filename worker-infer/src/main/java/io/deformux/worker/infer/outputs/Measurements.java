package io.deformux.worker.infer.outputs;

import io.deformux.radiomics.Radiomics;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.ResultWarning;
import io.deformux.volume.Geometry;
import io.deformux.worker.infer.probability.LabelDoubt;
import io.deformux.worker.infer.stage.JobWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of {@code measurements.json}; the contract's {@code measurements.v1.json} says the same.
 *
 * @param formatVersion 1; a later one may have more fields
 * @param model the model that made the labels
 * @param labels one entry per label that is measured, also where nothing was found
 * @param warnings what they should be read with care for
 */
record Measurements(int formatVersion, ModelVersion model, List<Label> labels, List<ResultWarning> warnings) {
    static final int FORMAT_VERSION = 1;

    /**
     * One label.
     *
     * @param value the voxel value in the label map
     * @param name its class
     * @param voxels how many voxels have it
     * @param volumeMl their volume in mL
     * @param touchesBorder whether one of them lies at the edge of the scan, so that some may be missing
     * @param extent where they are; absent where there are none
     * @param intensity what the scan is there; absent where there are none or none is a number
     * @param meanConfidence as {@link LabelDoubt#confidence}; absent where it is not known
     * @param meanEntropy as {@link LabelDoubt#entropy}
     * @param meanDisagreement as {@link LabelDoubt#disagreement}
     * @param radiomics what describes it, where that was asked for and can be computed
     */
    record Label(
            int value,
            String name,
            long voxels,
            double volumeMl,
            boolean touchesBorder,
            Optional<Extent> extent,
            Optional<Intensity> intensity,
            Optional<Double> meanConfidence,
            Optional<Double> meanEntropy,
            Optional<Double> meanDisagreement,
            Optional<Features> radiomics) {}

    /**
     * A place in the scan. Millimetres are RAS+ (to the right, to anterior, to superior).
     *
     * @param centroidMm the mean of the voxel centres
     * @param firstVoxel the lowest index along (i, j, k)
     * @param lastVoxel the highest one
     * @param lowestMm the lower corner of the upright box around the voxels from first to last, their edges included
     * @param highestMm its upper corner
     */
    record Extent(
            List<Double> centroidMm,
            List<Integer> firstVoxel,
            List<Integer> lastVoxel,
            List<Double> lowestMm,
            List<Double> highestMm) {}

    /**
     * Values of the scan: HU for CT.
     *
     * @param mean their mean
     * @param standardDeviation that of the population
     */
    record Intensity(double mean, double standardDeviation) {}

    /**
     * Radiomics features by name, as {@link Radiomics} has them.
     *
     * @param bins how grey levels were made: {@code width:N} or {@code count:N}
     * @param levels how many there are
     */
    record Features(
            String bins,
            int levels,
            Map<String, Double> intensity,
            Map<String, Double> shape,
            Map<String, Double> cooccurrence,
            Map<String, Double> runLength,
            Map<String, Double> sizeZone) {

        static Optional<Features> of(SegmentedScan result, int label) {
            RadiomicsChoice choice = RadiomicsChoice.of(result);
            return choice.radiomics(label)
                    .map(found -> new Features(
                            choice.bins().text(),
                            found.levels(),
                            found.intensity(),
                            found.shape(),
                            found.cooccurrence(),
                            found.runLength(),
                            found.sizeZone()));
        }
    }

    /** Measures every label of a result. */
    static Measurements of(SegmentedScan result, JobWatch watch) {
        LabelStatistics[] statistics = LabelStatistics.of(result.labels().labels(), result.scan());
        List<String> names = result.preset().classes();
        List<Label> labels = new ArrayList<>();
        for (int label : result.classes().measured()) {
            watch.requireOwned();
            labels.add(label(label, names.get(label), statistics[label], result));
        }
        return new Measurements(
                FORMAT_VERSION,
                new ModelVersion(result.model().name(), result.model().version(), result.modelDigest()),
                labels,
                result.warnings().stream()
                        .map(warning -> new ResultWarning(warning.code().name(), warning.message()))
                        .toList());
    }

    private static Label label(int value, String name, LabelStatistics statistics, SegmentedScan result) {
        Geometry geometry = result.labels().geometry();
        Optional<LabelDoubt> doubt = result.certainty().of(value);
        return new Label(
                value,
                name,
                statistics.voxels(),
                statistics.voxels() * geometry.voxelMillilitres(),
                statistics.touches(geometry.shape()),
                statistics.voxels() == 0 ? Optional.empty() : Optional.of(extent(statistics, geometry)),
                statistics.values() == 0
                        ? Optional.empty()
                        : Optional.of(new Intensity(statistics.mean(), statistics.deviation())),
                doubt.map(LabelDoubt::confidence),
                doubt.map(LabelDoubt::entropy),
                doubt.flatMap(LabelDoubt::disagreement),
                Features.of(result, value));
    }

    private static Extent extent(LabelStatistics statistics, Geometry geometry) {
        double[] lowest = new double[3];
        double[] highest = new double[3];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int corner = 0; corner < 8; corner++) {
            double[] index = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                index[axis] = (corner >> axis & 1) == 0 ? statistics.first(axis) - 0.5 : statistics.last(axis) + 0.5;
            }
            double[] at = geometry.affine().apply(index[0], index[1], index[2]);
            for (int axis = 0; axis < 3; axis++) {
                lowest[axis] = Math.min(lowest[axis], at[axis]);
                highest[axis] = Math.max(highest[axis], at[axis]);
            }
        }
        double[] centre = geometry.affine().apply(statistics.centre(0), statistics.centre(1), statistics.centre(2));
        return new Extent(
                list(centre),
                List.of(statistics.first(0), statistics.first(1), statistics.first(2)),
                List.of(statistics.last(0), statistics.last(1), statistics.last(2)),
                list(lowest),
                list(highest));
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
