package io.deformux.worker.train.sampling;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.LabelledVoxels;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;

/**
 * Where crops of a case may be centred, as MONAI's RandCropByPosNegLabel has them: on a foreground voxel (label above
 * 0) or on a background voxel (label 0, in one of the channels no air), uniformly among them. Air is what surrounds a
 * patient, 0 in the reference; other scales have another value for it.
 *
 * <p>Instead of lists of voxels it keeps how many there are before each row, 16 bytes per row of the volume. Safe to
 * share between threads.
 */
public final class CropCentres {
    private final PreparedCase from;
    private final int[] foregroundBefore;
    private final int[] backgroundBefore;

    /**
     * Looks at every voxel of a case once.
     *
     * @throws JobException VOLUME_TOO_SMALL if there is neither kind
     */
    public CropCentres(PreparedCase from) {
        this.from = from;
        int rows = from.shape().d() * from.shape().h();
        foregroundBefore = new int[rows + 1];
        backgroundBefore = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            foregroundBefore[row + 1] = foregroundBefore[row];
            backgroundBefore[row + 1] = backgroundBefore[row];
            for (int k = 0; k < from.shape().w(); k++) {
                int index = row * from.shape().w() + k;
                foregroundBefore[row + 1] += isForeground(index) ? 1 : 0;
                backgroundBefore[row + 1] += isBackground(index) ? 1 : 0;
            }
        }
        if (foregrounds() + backgrounds() == 0) {
            throw new JobException(
                    FailureCode.VOLUME_TOO_SMALL, "case " + from.id() + " has no voxel that a crop may be centred on");
        }
    }

    /** How many foreground voxels there are. */
    public int foregrounds() {
        return foregroundBefore[foregroundBefore.length - 1];
    }

    /** How many background voxels there are. */
    public int backgrounds() {
        return backgroundBefore[backgroundBefore.length - 1];
    }

    /** Foreground voxel number {@code n} in memory order. */
    public int foreground(int n) {
        return find(foregroundBefore, n, true);
    }

    /** Background voxel number {@code n} in memory order. */
    public int background(int n) {
        return find(backgroundBefore, n, false);
    }

    /** Draws a voxel of the wanted kind, or of the other one if there is none of it. */
    public int draw(boolean wantsForeground, RandomStream random) {
        if (foregrounds() == 0 || !wantsForeground && backgrounds() > 0) {
            return background(random.below(backgrounds()));
        }
        return foreground(random.below(foregrounds()));
    }

    /**
     * The first voxel of a crop of {@code size} around voxel {@code index}, moved so that it lies inside the volume.
     * MONAI's correction of the centre; an odd size reaches one voxel further to the end.
     */
    public static int[] start(Shape3 volume, Shape3 size, int index) {
        int[] centre = {
            index / (volume.h() * volume.w()), index / volume.w() % volume.h(), index % volume.w(),
        };
        int[] start = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int half = size.axis(axis) / 2;
            int end = (int) Math.floor(volume.axis(axis) + 1 - size.axis(axis) / 2.0);
            if (end == half) {
                end++;
            }
            start[axis] = Math.min(Math.max(centre[axis], half), end - 1) - half;
        }
        return start;
    }

    private boolean isForeground(int index) {
        return from.label(index) != 0 && from.label(index) != LabelledVoxels.IGNORED;
    }

    private boolean isBackground(int index) {
        return from.label(index) == 0 && isSeen(index);
    }

    private boolean isSeen(int index) {
        for (int channel = 0; channel < from.channels(); channel++) {
            if (from.image(channel, index) != from.surroundings(channel)) {
                return true;
            }
        }
        return false;
    }

    private int find(int[] before, int n, boolean foreground) {
        int low = 0;
        int high = before.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before[middle] <= n) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int left = n - before[low];
        int index = low * from.shape().w();
        while (true) {
            if (foreground ? isForeground(index) : isBackground(index)) {
                if (left == 0) {
                    return index;
                }
                left--;
            }
            index++;
        }
    }
}
