package io.deformux.worker.train.planning;

import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.ZScore;
import io.deformux.worker.train.planning.ChannelFigures.Planes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How intensities of a channel are scaled: those of CT are clipped to the 0.5 and 99.5 percentiles of the voxels in structures of all scans
 * and measured by the mean and the standard deviation of these voxels; those of anything else by each scan's own.
 *
 * @param intensity the way
 * @param words what a person is told
 */
record IntensityRule(Intensity intensity, String words) {
    private static final double LOW = 0.5;
    private static final double HIGH = 99.5;

    /** The rule for a channel. */
    static IntensityRule of(DatasetFigures figures, int channel) {
        Optional<String> name = figures.name(channel);
        String what = figures.channelCount() == 1 ? "intensities: " : "intensities of " + printable(name.get()) + ": ";
        if (!ImageChannel.isCt(name.orElse(""))) {
            return new IntensityRule(
                    new ZScore(),
                    what + "mean 0 and deviation 1 over the voxels of each scan that are not zero, since the channel"
                            + name.map(said -> " is " + printable(said)).orElse(" has no name")
                            + " and not CT");
        }
        double[] structures = wide(figures.structures(channel));
        if (structures.length == 0) {
            return new IntensityRule(
                    new ZScore(), what + "mean 0 and deviation 1 of each scan, since none has a label");
        }
        float low = (float) DatasetFigures.percentile(LOW, structures);
        float high = (float) DatasetFigures.percentile(HIGH, structures);
        double mean = Arrays.stream(structures).average().orElseThrow();
        double squares =
                Arrays.stream(structures).map(v -> (v - mean) * (v - mean)).sum();
        float deviation = (float) Math.max(Math.sqrt(squares / structures.length), 1e-3);
        return new IntensityRule(
                new ClippedScore(low, Math.max(high, low + 1), (float) mean, deviation),
                what
                        + String.format(
                                Locale.ROOT,
                                "clipped to %.4g .. %.4g HU, the 0.5 and 99.5 percentiles in structures, then %.4g HU"
                                        + " (their mean) to 0 and their deviation of %.4g HU to 1",
                                low,
                                high,
                                mean,
                                deviation));
    }

    /** The planes that the preparation keeps of an image along a stored axis. */
    Optional<Planes> planes(ChannelFigures image, int axis) {
        return intensity instanceof ClippedScore clipped ? image.above(axis, clipped.lo()) : image.notZero(axis);
    }

    private static String printable(String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return shown.substring(0, Math.min(shown.length(), 40));
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int n = 0; n < values.length; n++) {
            wide[n] = values[n];
        }
        return wide;
    }
}
