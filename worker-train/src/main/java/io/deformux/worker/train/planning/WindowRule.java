package io.deformux.worker.train.planning;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.planning.ChannelFigures.Planes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The window: of the voxels of a cube of 256 in mm as many as the median scan has, then smaller along the axis that shows most
 * of that scan until two crops fit into memory; and as many crops as fit then, at least two, together at most a twentieth of
 * the data set. Where a network takes nothing but cubes, the window is the largest cube within that.
 *
 * @param window in voxels, left to right, back to front, below to above
 * @param cube whether it has to be a cube
 * @param batch how many crops of it
 * @param median the median scan at the planned spacing, in the same order
 */
record WindowRule(Shape3 window, boolean cube, int batch, Shape3 median) {
    private static final int CUBE = 256;
    private static final int LEAST_BATCH = 2;
    private static final int MOST_BATCH = 64;
    private static final double SHARE_OF_DATA = 0.05;
    private static final int LARGEST = 512;

    /**
     * Applies the rule.
     *
     * @param memory what a step may take, in bytes
     * @throws JobException VOLUME_TOO_SMALL if a scan is smaller than the smallest window, DEVICE_OUT_OF_MEMORY if not even two
     *     crops of that fit
     */
    static WindowRule of(
            DatasetFigures figures,
            SpacingRule spacing,
            List<IntensityRule> intensities,
            PlannedWindows windows,
            long memory) {
        List<int[]> sizes = figures.scans().stream()
                .map(scan -> prepared(scan, spacing, intensities))
                .toList();
        int[] median = new int[3];
        int[] most = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            double[] ordered =
                    sizes.stream().mapToDouble(size -> size[along]).sorted().toArray();
            median[axis] = Math.max(1, (int) Math.rint(DatasetFigures.percentile(50, ordered)));
            most[axis] = (int) Math.min(LARGEST, Math.min(ordered[0], median[axis])) / windows.step() * windows.step();
        }
        requireRoom(figures, sizes, windows.step());
        int[] window = start(figures, spacing, most, windows.step());
        if (windows.cubes()) {
            window = largestCube(window, windows);
        }
        if (!windows.takes(Shape3.of(window))) {
            throw new JobException(
                    FailureCode.VOLUME_TOO_SMALL,
                    "at the planned spacing the smallest scan leaves room for a window of " + Shape3.of(window)
                            + ", which the network does not take: leave small scans out, or give --window and --spacing"
                            + " instead of a plan");
        }
        long needed = windows.bytes(Shape3.of(window), LEAST_BATCH);
        while (needed > memory) {
            int[] now = window;
            window = smaller(now, median, windows).orElseThrow(() -> tooLittle(Shape3.of(now), memory));
            needed = windows.bytes(Shape3.of(window), LEAST_BATCH);
        }
        return new WindowRule(
                Shape3.of(window), windows.cubes(), batch(window, sizes, windows, memory), Shape3.of(median));
    }

    /** What the preparation leaves of a scan at the least, from left to right, from back to front, from below to above. */
    private static int[] prepared(ScanFigures scan, SpacingRule spacing, List<IntensityRule> intensities) {
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int stored = scan.storedAxes()[axis];
            double mm = (kept(scan, intensities, stored) - 1) * scan.spacing()[stored];
            boolean resampled =
                    Math.abs(scan.spacing()[stored] - spacing.spacing().get(stored)) > 1e-6;
            // Between a voxel of the patient and one of air, interpolation may lose the outermost voxel of both sides.
            size[axis] = (int) Math.floor(mm / spacing.spacing().get(stored) + 1e-3) + (resampled ? -1 : 1);
        }
        return size;
    }

    /** As many planes as the preparation keeps along a stored axis: those with something to see in one of the channels. */
    private static int kept(ScanFigures scan, List<IntensityRule> intensities, int stored) {
        return IntStream.range(0, intensities.size())
                .mapToObj(n -> intensities.get(n).planes(scan.channels().get(n), stored))
                .flatMap(Optional::stream)
                .reduce(Planes::and)
                .map(Planes::count)
                .orElse(0);
    }

    private static void requireRoom(DatasetFigures figures, List<int[]> sizes, int step) {
        for (int n = 0; n < sizes.size(); n++) {
            int[] size = sizes.get(n);
            if (IntStream.of(size).anyMatch(voxels -> voxels < step)) {
                throw new JobException(
                        FailureCode.VOLUME_TOO_SMALL,
                        "case " + figures.scans().get(n).id() + " has only " + Math.max(0, size[0]) + "x"
                                + Math.max(0, size[1]) + "x" + Math.max(0, size[2])
                                + " voxels at the planned spacing and the network takes " + step
                                + " at the least: leave the case out, or give --window and --spacing instead of a plan");
            }
        }
    }

    private static int[] start(DatasetFigures figures, SpacingRule spacing, int[] most, int step) {
        int[] axes = figures.scans().get(0).storedAxes();
        double product = 1;
        for (double mm : spacing.spacing()) {
            product *= mm;
        }
        int[] window = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            double cube = CUBE * Math.cbrt(product) / spacing.spacing().get(axes[axis]);
            window[axis] = Math.max(step, Math.min(most[axis], (int) cube / step * step));
        }
        return window;
    }

    private static int batch(int[] window, List<int[]> sizes, PlannedWindows windows, long memory) {
        double voxels = sizes.stream()
                .mapToDouble(size -> (double) size[0] * size[1] * size[2])
                .sum();
        long byData = Math.round(voxels * SHARE_OF_DATA / Shape3.of(window).voxels());
        int batch = LEAST_BATCH;
        while (batch < Math.min(MOST_BATCH, byData) && windows.bytes(Shape3.of(window), batch + 1) <= memory) {
            batch++;
        }
        return batch;
    }

    /** A cube as large as the window's shortest side, or the next smaller one that networks take. */
    private static int[] largestCube(int[] window, PlannedWindows windows) {
        int side = IntStream.of(window).min().orElseThrow();
        while (side > windows.step() && !windows.takes(new Shape3(side, side, side))) {
            side -= windows.step();
        }
        return new int[] {side, side, side};
    }

    /** The next smaller one: a step less along the axis that shows most of the median scan, of a cube along all. */
    private static Optional<int[]> smaller(int[] window, int[] median, PlannedWindows windows) {
        Stream<int[]> candidates = windows.cubes()
                ? Stream.of(new int[] {windows.step(), windows.step(), windows.step()})
                : IntStream.range(0, 3)
                        .boxed()
                        .sorted(Comparator.comparingDouble(axis -> -(double) window[axis] / median[axis]))
                        .map(axis -> IntStream.range(0, 3)
                                .map(each -> each == axis ? windows.step() : 0)
                                .toArray());
        return candidates
                .map(less -> IntStream.range(0, 3)
                        .map(axis -> window[axis] - less[axis])
                        .toArray())
                .filter(left -> IntStream.of(left).allMatch(size -> size > 0) && windows.takes(Shape3.of(left)))
                .findFirst();
    }

    private static JobException tooLittle(Shape3 window, long memory) {
        return new JobException(
                FailureCode.DEVICE_OUT_OF_MEMORY,
                String.format(
                        Locale.ROOT,
                        "two crops of %s take more than %.1f GB: take a smaller network, or give more memory",
                        window,
                        memory / 1e9));
    }

    String words(long memory) {
        return String.format(
                Locale.ROOT,
                "window %s%s and %d crops a step: the median scan has %s voxels at that spacing, and this is estimated to fit"
                        + " into %.1f GB",
                window,
                cube ? ", a cube since networks among these take no other," : "",
                batch,
                median,
                memory / 1e9);
    }
}
