package io.deformux.worker.infer.scan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.GridComparison;
import io.deformux.volume.IndexMap;
import io.deformux.volume.Resampler;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Another image of a scan on the grid of the first one: as it is where both grids are the same, else resampled, in mm.
 *
 * @param volume its values on the first one's grid
 * @param warnings what was done to it
 */
public record ChannelAlignment(Volume volume, List<Warning> warnings) {
    /** So many places along each axis tell how much of the first image another one covers. */
    private static final int PLACES = 24;

    /**
     * Aligns a channel.
     *
     * @param name what the model calls it
     * @throws JobException {@code INPUT_CHANNELS_APART} if the two have no place in common
     */
    public static ChannelAlignment of(String name, Volume first, Volume other) {
        GridComparison grids = new GridComparison(first.geometry(), other.geometry());
        if (grids.same()) {
            return new ChannelAlignment(new Volume(first.geometry(), other.voxels()), List.of());
        }
        double covered = covered(first.geometry(), other.geometry());
        String words = "the channel " + name + " has " + GridComparison.words(other.geometry())
                + ", the scan's first has " + GridComparison.words(first.geometry()) + grids.distance();
        if (covered == 0) {
            throw new JobException(
                    FailureCode.INPUT_CHANNELS_APART,
                    words
                            + ": they have no place in common. Give images of one examination in one frame of reference.");
        }
        List<Warning> warnings = new ArrayList<>();
        warnings.add(new Warning(WarningCode.CHANNEL_RESAMPLED, words + ": it was resampled to the first one's grid"));
        if (covered < 1) {
            warnings.add(new Warning(
                    WarningCode.CHANNEL_COVERS_PART,
                    String.format(
                            Locale.ROOT,
                            "the channel %s covers %.0f %% of the scan's first: beyond it the values of its border were"
                                    + " taken",
                            name,
                            100 * covered)));
        }
        return new ChannelAlignment(Resampler.trilinear(other, first.geometry()).volume(), warnings);
    }

    /** The share of one grid's places that lie in a voxel of another one. */
    private static double covered(Geometry grid, Geometry other) {
        Affine toOther = IndexMap.between(grid, other).matrix();
        Shape3 shape = grid.shape();
        int inside = 0;
        for (int i = 0; i < PLACES; i++) {
            for (int j = 0; j < PLACES; j++) {
                for (int k = 0; k < PLACES; k++) {
                    double[] at = toOther.apply(place(i, shape.d()), place(j, shape.h()), place(k, shape.w()));
                    inside += isInside(at, other.shape()) ? 1 : 0;
                }
            }
        }
        return inside / Math.pow(PLACES, 3);
    }

    /** From the first voxel to the last. */
    private static double place(int n, int size) {
        return n * (size - 1) / (PLACES - 1.0);
    }

    private static boolean isInside(double[] at, Shape3 shape) {
        for (int axis = 0; axis < 3; axis++) {
            if (at[axis] < -0.5 || at[axis] > shape.axis(axis) - 0.5) {
                return false;
            }
        }
        return true;
    }
}
