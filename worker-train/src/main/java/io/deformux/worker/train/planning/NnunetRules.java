package io.deformux.worker.train.planning;

import io.deformux.transform.Intensity;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a data set is trained on by nnU-Net's rules, as far as networks here can follow them.
 *
 * @param spacing in mm, per stored axis
 * @param intensities how each channel's are scaled
 * @param window in voxels, left to right, back to front, below to above
 * @param batch crops a step, each of another scan
 * @param words what all of it was derived from, and what nnU-Net does that is not done here, a line each
 */
public record NnunetRules(
        List<Double> spacing, List<Intensity> intensities, Shape3 window, int batch, List<String> words) {
    /** How much windows overlap. */
    public static final double OVERLAP = 0.5;

    /** The memory that nnU-Net plans for unless it is told another: that of a GPU of 8 GB. */
    public static final long MEMORY = 8_000_000_000L;

    /** Keeps copies. */
    public NnunetRules {
        spacing = List.copyOf(spacing);
        intensities = List.copyOf(intensities);
        words = List.copyOf(words);
    }

    /**
     * Plans a training.
     *
     * @param windows of the networks that are to be trained
     * @param memory what a step may take beside Java's heap, in bytes
     * @throws io.deformux.failure.JobException as {@link WindowRule} says
     */
    public static NnunetRules of(DatasetFigures figures, PlannedWindows windows, long memory) {
        SpacingRule spacing = SpacingRule.of(figures);
        List<IntensityRule> intensities = IntStream.range(0, figures.channelCount())
                .mapToObj(channel -> IntensityRule.of(figures, channel))
                .toList();
        WindowRule window = WindowRule.of(figures, spacing, intensities, windows, memory);
        List<String> words = new ArrayList<>(List.of(
                "planned by the rules of nnU-Net from " + figures.scans().size() + " scans, median " + median(figures),
                spacing.words()));
        intensities.forEach(intensity -> words.add(intensity.words()));
        words.addAll(List.of(
                window.words(memory),
                "windows overlap by " + OVERLAP,
                "unlike nnU-Net: kernels and strides stay the network's own, alike along thick slices too; no second"
                        + " network of low resolution for large scans; slices are interpolated linearly; no window"
                        + " is larger than the smallest scan, since scans are not padded; windows are blended alike"
                        + " all over",
                "unlike nnU-Net: a z-score leaves out zeros always, there only where cropping takes a quarter of the median"
                        + " scan; scans of CT are cropped to what is above the lowest value, there to what is not zero;"
                        + " they are resampled and then scaled, there scaled first"));
        return new NnunetRules(
                spacing.spacing(),
                intensities.stream().map(IntensityRule::intensity).toList(),
                window.window(),
                window.batch(),
                words);
    }

    private static String median(DatasetFigures figures) {
        Optional<String> sizes = IntStream.range(0, 3)
                .mapToObj(axis -> Long.toString(Math.round(figures.percentile(50, scan -> scan.size(axis)))))
                .reduce((a, b) -> a + "x" + b);
        return sizes.orElseThrow() + " voxels";
    }
}
