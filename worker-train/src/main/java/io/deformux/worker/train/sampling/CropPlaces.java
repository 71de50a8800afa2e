package io.deformux.worker.train.sampling;

import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;

/**
 * Where crops of a case lie. One half is centred on foreground. Of the others a part lies anywhere, beyond the border too,
 * and the rest is centred on background that is no air, as all of them are in the reference. Without crops of the first
 * kind a network never sees a window of little or nothing but air, of which a sliding window over a whole scan has many:
 * its norms then blow up what little there is, and it finds structures there.
 *
 * <p>Safe to share between threads.
 */
final class CropPlaces {
    /** The part of its length along each axis that a crop shows of the case at the least. */
    private static final int LEAST = 4;

    private final Shape3 volume;
    private final Shape3 size;
    private final CropCentres centres;
    private final double anywhere;

    /**
     * Looks at every voxel of a case once.
     *
     * @param size of the crops
     * @param anywhere which part of the crops that are not centred on foreground lies anywhere, 0 to 1
     */
    CropPlaces(PreparedCase from, Shape3 size, double anywhere) {
        this.volume = from.shape();
        this.size = size;
        this.centres = new CropCentres(from);
        this.anywhere = anywhere;
    }

    /** Draws the first voxel (d, h, w) of a crop, which may lie beyond the case. */
    int[] draw(RandomStream random) {
        boolean foreground = random.coin();
        if (!foreground && anywhere > 0 && random.uniform() < anywhere) {
            return new int[] {start(0, random), start(1, random), start(2, random)};
        }
        return CropCentres.start(volume, size, centres.draw(foreground, random));
    }

    private int start(int axis, RandomStream random) {
        int beyond = size.axis(axis) - Math.max(1, size.axis(axis) / LEAST);
        int last = volume.axis(axis) - size.axis(axis) + beyond;
        return random.below(last + beyond + 1) - beyond;
    }
}
