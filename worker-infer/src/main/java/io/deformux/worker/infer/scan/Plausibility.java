package io.deformux.worker.infer.scan;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks whether a scan can be one of a patient, and labels those of one. What cannot is a warning and no failure. */
public final class Plausibility {
    /** A finger is wider, and no scanner's table is as long: units of micrometres or metres are off by 1000. */
    private static final double SMALLEST_MM = 10;

    private static final double LARGEST_MM = 3000;

    /** Every CT has something lighter than water, be it fat, and something that is not air or lung. */
    private static final double LIGHTEST_AT_MOST = 0;

    private static final double HEAVIEST_AT_LEAST = -300;

    /** Beyond what 16 bits and an intercept give. */
    private static final double LEAST_HU = -40_000;

    private static final double MOST_HU = 66_000;

    private Plausibility() {}

    /** What is odd about a scan; {@code hounsfield}: its values should be HU. */
    public static List<Warning> of(Volume scan, boolean hounsfield) {
        List<Warning> warnings = new ArrayList<>();
        double[] spacing = scan.geometry().affine().spacing();
        int[] shape = scan.geometry().shape().toArray();
        double[] size =
                IntStream.range(0, 3).mapToDouble(n -> spacing[n] * shape[n]).toArray();
        double longest = Arrays.stream(size).max().orElseThrow();
        if (!(longest >= SMALLEST_MM && longest <= LARGEST_MM)) {
            warnings.add(warning(
                    WarningCode.SCAN_SIZE_IMPLAUSIBLE,
                    "the scan is %.4g x %.4g x %.4g mm: is its unit of length millimetres?",
                    size[0],
                    size[1],
                    size[2]));
        }
        DoubleSummaryStatistics values = values(scan);
        if (values.getCount() == 0 || values.getMin() == values.getMax()) {
            warnings.add(warning(WarningCode.SCAN_VALUES_CONSTANT, "all voxels of the scan have the same value"));
        } else if (hounsfield && !couldBeHounsfield(values)) {
            warnings.add(warning(
                    WarningCode.SCAN_VALUES_NOT_HU,
                    "the values of the scan are %.6g to %.6g, which cannot be HU: was a rescale lost?",
                    values.getMin(),
                    values.getMax()));
        }
        return warnings;
    }

    private static boolean couldBeHounsfield(DoubleSummaryStatistics values) {
        return values.getMin() < LIGHTEST_AT_MOST
                && values.getMax() > HEAVIEST_AT_LEAST
                && values.getMin() >= LEAST_HU
                && values.getMax() <= MOST_HU;
    }

    /** Of the values that are numbers. */
    private static DoubleSummaryStatistics values(Volume scan) {
        Shape3 shape = scan.geometry().shape();
        int plane = shape.h() * shape.w();
        float[] voxels = scan.voxels();
        return IntStream.range(0, shape.d())
                .parallel()
                .mapToObj(i -> {
                    DoubleSummaryStatistics values = new DoubleSummaryStatistics();
                    for (int n = i * plane; n < (i + 1) * plane; n++) {
                        if (Float.isFinite(voxels[n])) {
                            values.accept(voxels[n]);
                        }
                    }
                    return values;
                })
                .collect(
                        DoubleSummaryStatistics::new,
                        DoubleSummaryStatistics::combine,
                        DoubleSummaryStatistics::combine);
    }

    /** What is odd about labels; {@code names} are those of the classes, background first. */
    public static List<Warning> of(LabelMap labels, List<String> names) {
        long[] counts = labels.counts();
        if (counts[0] == labels.labels().length) {
            return List.of(warning(WarningCode.LABELS_ALL_BACKGROUND, "nothing was found"));
        }
        for (int label = 1; label < counts.length; label++) {
            if (counts[label] == labels.labels().length) {
                return List.of(warning(
                        WarningCode.LABELS_ONE_CLASS, "every voxel of the scan is labelled %s", name(names, label)));
            }
        }
        boolean[] everywhere = onEveryBorder(labels);
        String touching = IntStream.range(1, everywhere.length)
                .filter(label -> everywhere[label])
                .mapToObj(label -> name(names, label))
                .collect(Collectors.joining(", "));
        return touching.isEmpty()
                ? List.of()
                : List.of(warning(
                        WarningCode.LABEL_TOUCHES_EVERY_BORDER,
                        "labels that reach all six borders of the scan: %s",
                        touching));
    }

    private static String name(List<String> names, int label) {
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }

    /** Which labels are on all six faces of the grid. */
    private static boolean[] onEveryBorder(LabelMap labels) {
        int[] shape = labels.geometry().shape().toArray();
        boolean[] everywhere = new boolean[256];
        Arrays.fill(everywhere, true);
        for (int axis = 0; axis < 3; axis++) {
            for (int end : new int[] {0, shape[axis] - 1}) {
                boolean[] here = new boolean[256];
                int[] at = new int[3];
                at[axis] = end;
                int second = (axis + 1) % 3;
                int third = (axis + 2) % 3;
                for (at[second] = 0; at[second] < shape[second]; at[second]++) {
                    for (at[third] = 0; at[third] < shape[third]; at[third]++) {
                        here[labels.at(at[0], at[1], at[2])] = true;
                    }
                }
                for (int label = 0; label < here.length; label++) {
                    everywhere[label] &= here[label];
                }
            }
        }
        return everywhere;
    }

    private static Warning warning(WarningCode code, String format, Object... values) {
        return new Warning(code, String.format(Locale.ROOT, format, values));
    }
}
