package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.util.Objects;

/**
 * How the window slides and how its outputs blend.
 *
 * @param roi the window size in voxels
 * @param overlap the part of a window that the next one covers again, 0 (included) to 1 (excluded)
 * @param blending how much each voxel of a window counts
 * @param sigmaScale the sigma of the Gaussian blendings as a part of the window size; MONAI's value is 0.125
 * @param windowBatch how many windows the network takes at once
 * @param skipEmptyWindows whether a window whose input is 0 everywhere (padding included) is left out instead of run.
 *     It then counts as if the plan did not have it: neither logits nor weights are added. A voxel that no other
 *     window covers gets {@link SlidingWindow#SKIPPED_LOGIT} in every class but 0 and 0 in class 0, so its softmax is
 *     background with probability 1. Off in the reference, where such windows take part in the blending
 */
public record SlidingWindowSettings(
        Shape3 roi, double overlap, Blending blending, double sigmaScale, int windowBatch, boolean skipEmptyWindows) {

    /** MONAI's default sigma of the Gaussian blendings, as a part of the window size. */
    public static final double SIGMA_SCALE = 0.125;

    /** Throws {@link IllegalArgumentException} if a value is out of its range. */
    public SlidingWindowSettings {
        Objects.requireNonNull(roi, "roi");
        Objects.requireNonNull(blending, "blending");
        require(overlap >= 0 && overlap < 1, "overlap must be at least 0 and below 1, not " + overlap);
        require(sigmaScale > 0 && sigmaScale < 1e6, "sigma scale must be above 0, not " + sigmaScale);
        require(windowBatch >= 1, "a batch needs at least one window, not " + windowBatch);
        require(
                roi.voxels() <= Integer.MAX_VALUE / Float.BYTES / windowBatch,
                "a batch of " + windowBatch + " windows of " + roi + " does not fit one buffer of 2 GiB");
    }

    /** What the reference validates with: windows of {@code roi}, overlap 0.25, constant blending, two at once. */
    public static SlidingWindowSettings reference(Shape3 roi) {
        return new SlidingWindowSettings(roi, 0.25, Blending.CONSTANT, SIGMA_SCALE, 2, false);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
