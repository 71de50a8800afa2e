package io.deformux.transform;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.IndexMap;
import io.deformux.volume.LabelMap;

/**
 * Brings the network's output back to the scan's own grid: softmax over the classes, 0 in every class outside the crop
 * box, axes back to stored order, trilinear interpolation back to the scan's voxels with border clamping, then the class
 * with the largest probability (the first of equals, so that voxels where all are 0 become background).
 *
 * <p>Planes come along axis 0 of the cropped image, in order, so that the result grows while the network still works
 * and a buffer of classes times scan voxels never exists. Belongs to one job; one thread calls it, the work inside is
 * spread over all cores.
 */
public abstract sealed class LabelRestoration permits SeparableRestoration, ShearedRestoration {
    private final Grids grids;
    private final CropBox box;
    private final int classes;
    private final LabelRule rule;
    private float[] softmax;
    private int planes;

    LabelRestoration(Grids grids, CropBox box, int classes, LabelRule rule) {
        this.grids = grids;
        this.box = box;
        this.classes = classes;
        this.rule = rule;
    }

    /**
     * A restoration for one scan.
     *
     * <p>Where the scan's axes are parallel to the resampled ones, which they are unless the scan's affine is sheared,
     * this holds the labels and two planes of probabilities. For a sheared scan it has to keep the probabilities of the
     * whole cropped image (classes x network voxels).
     *
     * @param grids the way of the scan's grid
     * @param box the cropped image in the oriented grid
     * @param classes the number of classes or of the rule's channels, 1 to 256
     * @throws JobException {@link FailureCode#INPUT_TOO_LARGE} if one array cannot hold a plane of probabilities
     */
    public static LabelRestoration of(Grids grids, CropBox box, int classes) {
        return of(grids, box, classes, LabelRule.LARGEST);
    }

    /** The same of labels that are made by another rule. */
    public static LabelRestoration of(Grids grids, CropBox box, int classes, LabelRule rule) {
        if (classes < 1 || classes > 256) {
            throw new IllegalArgumentException("1 to 256 classes needed, not " + classes);
        }
        IndexMap map = grids.sourceToOriented();
        long columns = Math.max(box.shape().w(), grids.source().shape().axis(map.drivingAxis(2)));
        if ((double) classes * (box.shape().h() + 1) * columns > Integer.MAX_VALUE - 8) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "a plane of " + box.shape().h() + "x" + columns + " voxels with " + classes
                            + " classes is too large: send a smaller part of the scan");
        }
        return map.separable(grids.source().shape())
                ? new SeparableRestoration(grids, box, classes, rule, map)
                : new ShearedRestoration(grids, box, classes, rule);
    }

    /**
     * One plane of logits.
     *
     * @param plane the index along axis 0 of the cropped image; 0, 1, 2, ... without gaps
     * @param logits (classes, h, w), last axis fastest; read only during this call
     */
    public final void accept(int plane, float[] logits) {
        if (softmax == null) {
            softmax = new float[planeLength()];
        }
        rule.probabilities(logits, classes, softmax, planeLength() / classes);
        acceptProbabilities(plane, softmax);
    }

    /** One plane of probabilities, of the same layout as logits: for averages over models or mirrored images. */
    public final void acceptProbabilities(int plane, float[] probabilities) {
        if (plane != planes || plane >= box.shape().d()) {
            throw new IllegalStateException("plane " + plane + " came when plane " + planes + " of "
                    + box.shape().d() + " was due");
        }
        planes++;
        restore(plane, probabilities);
    }

    /** The labels on the scan's own grid; call once, after the last plane. */
    public final LabelMap finish() {
        if (planes != box.shape().d()) {
            throw new IllegalStateException(
                    "only " + planes + " of " + box.shape().d() + " planes came");
        }
        return new LabelMap(grids.source(), complete());
    }

    /** Takes plane {@code plane} of the cropped image; {@code probabilities} is valid only during the call. */
    abstract void restore(int plane, float[] probabilities);

    /** The labels of the whole scan, in its stored axes. */
    abstract byte[] complete();

    final Grids grids() {
        return grids;
    }

    final CropBox box() {
        return box;
    }

    final int classes() {
        return classes;
    }

    final LabelRule rule() {
        return rule;
    }

    final int planeLength() {
        return Math.multiplyExact(
                classes, Math.multiplyExact(box.shape().h(), box.shape().w()));
    }
}
