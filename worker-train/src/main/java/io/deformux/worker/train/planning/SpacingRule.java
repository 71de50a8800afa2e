package io.deformux.worker.train.planning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The spacing that scans are resampled to, by stored axis: the median of each axis. Where the coarsest one is over three times
 * another's and has less than a third of another's voxels, its 10th percentile, but not below the coarser of the others:
 * most scans lose little there, and few gain voxels that nobody has seen.
 *
 * @param spacing in mm
 * @param thickSlices whether the second rule was used
 */
record SpacingRule(List<Double> spacing, boolean thickSlices) {
    private static final double MEDIAN = 50;
    private static final double FINE = 10;
    private static final double ANISOTROPIC = 3;
    /** Decimals that a person can compare. */
    private static final MathContext DIGITS = new MathContext(6);

    static SpacingRule of(DatasetFigures figures) {
        double[] spacing = new double[3];
        double[] size = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            spacing[axis] = figures.percentile(MEDIAN, scan -> scan.spacing()[along]);
            size[axis] = figures.percentile(MEDIAN, scan -> scan.size(along));
        }
        int coarsest = IntStream.range(0, 3).reduce(0, (a, b) -> spacing[b] > spacing[a] ? b : a);
        double others = others(spacing, coarsest).max().orElseThrow();
        double fewest = others(size, coarsest).min().orElseThrow();
        boolean thick = spacing[coarsest] > ANISOTROPIC * others && size[coarsest] * ANISOTROPIC < fewest;
        if (thick) {
            spacing[coarsest] = Math.max(others, figures.percentile(FINE, scan -> scan.spacing()[coarsest]));
        }
        return new SpacingRule(
                Arrays.stream(spacing)
                        .mapToObj(mm -> new BigDecimal(mm).round(DIGITS).doubleValue())
                        .toList(),
                thick);
    }

    private static DoubleStream others(double[] values, int but) {
        return IntStream.range(0, 3).filter(axis -> axis != but).mapToDouble(axis -> values[axis]);
    }

    String words() {
        return "spacing " + spacing + " mm: the median of each stored axis"
                + (thickSlices ? ", of the coarsest its 10th percentile, since slices are few and thick" : "");
    }
}
