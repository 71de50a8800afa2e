package io.deformux.model;

import java.util.List;

/**
 * How the sliding window runs unless a worker is configured otherwise.
 *
 * @param roi the window size in voxels (d, h, w), at most 2^24 together; the network says what it takes
 * @param overlap the part of a window that the next one covers again, 0 to 0.9
 * @param blending {@code constant}, {@code gaussian} or {@code gaussian_symmetric}
 */
public record WindowDefaults(List<Integer> roi, double overlap, String blending) {
    private static final List<String> BLENDINGS = List.of("constant", "gaussian", "gaussian_symmetric");
    private static final long MOST_VOXELS = 1L << 24;

    /** What the reference trains and validates with: 96 voxels per axis, overlap 0.25, constant blending. */
    public static final WindowDefaults REFERENCE = new WindowDefaults(List.of(96, 96, 96), 0.25, "constant");

    /** Checks each value; throws {@link IllegalArgumentException} that names the wrong one. */
    public WindowDefaults {
        roi = List.copyOf(roi);
        require(roi.size() == 3, "the roi needs three sizes, not " + roi.size());
        require(roi.stream().allMatch(size -> size >= 1), "each size of the roi must be at least 1, not " + roi);
        double voxels = (double) roi.get(0) * roi.get(1) * roi.get(2);
        require(voxels <= MOST_VOXELS, "the roi may have at most " + MOST_VOXELS + " voxels");
        require(overlap >= 0 && overlap <= 0.9, "the overlap must be 0 to 0.9, not " + overlap);
        require(BLENDINGS.contains(blending), "the blending must be one of " + BLENDINGS);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
