package io.deformux.dicom.series.stack;

import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.PassedOver.Reason;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.Vector3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The few images of a series that are no slices of its stack: a scout that does not say so lies in another plane, a copy for
 * the screen has another size. They are left out where it is plain that nothing of the volume is lost with them: the others
 * are many and alike, and the odd one is a projection of slices, lies across them, outside of them, or exactly on one. One
 * that could be the missing slice of the stack stays, and {@link SliceStack} refuses it by name.
 */
public final class OddImages {
    /** Slices that make a stack of which something can be odd. */
    private static final int LEAST_STACK = 3;

    private static final int MOST_ODD = 3;
    private static final double MOST_ODD_PART = 0.1;

    /** Another plane, not the same one written badly. */
    private static final double ACROSS = Math.cos(Math.toRadians(10));

    /** In slice distances: on a slice, and so far beyond the ends that more than a slice would be missing. */
    private static final double SAME_PLACE = 0.1;

    private static final double OUTSIDE = 2.5;

    private final List<Slice> stack;

    private OddImages(List<Slice> stack) {
        this.stack = stack;
    }

    /**
     * The slices without what is plainly none, those of the stack first.
     *
     * @param passedOver is given what is left out
     */
    public static List<Slice> leftOut(List<Slice> slices, Consumer<PassedOver> passedOver) {
        List<List<Slice>> kinds = kinds(slices);
        List<Slice> stack =
                kinds.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
        int odd = slices.size() - stack.size();
        if (odd == 0) {
            return slices;
        }
        boolean few = stack.size() >= LEAST_STACK
                && odd < stack.size()
                && odd <= Math.max(MOST_ODD, MOST_ODD_PART * stack.size());
        List<Slice> kept = new ArrayList<>(stack);
        for (List<Slice> kind : kinds) {
            for (Slice slice : kind == stack ? List.<Slice>of() : kind) {
                if (few && new OddImages(stack).isOutside(slice)) {
                    passedOver.accept(PassedOver.slice(
                            slice.traits().isProjection() ? Reason.PROJECTION : Reason.OTHER_PLANE, slice));
                } else {
                    kept.add(slice);
                }
            }
        }
        return kept;
    }

    /** Slices that are alike, in the order in which the kinds occur. */
    private static List<List<Slice>> kinds(List<Slice> slices) {
        List<List<Slice>> kinds = new ArrayList<>();
        for (Slice slice : slices) {
            List<Slice> own = kinds.stream()
                    .filter(kind -> isLike(kind.get(0), slice))
                    .findFirst()
                    .orElseGet(() -> {
                        kinds.add(new ArrayList<>());
                        return kinds.get(kinds.size() - 1);
                    });
            own.add(slice);
            if (kinds.size() > MOST_ODD + 1 + MOST_ODD_PART * slices.size()) {
                return List.of(slices);
            }
        }
        return kinds;
    }

    private static boolean isLike(Slice one, Slice other) {
        return one.traits().isProjection() == other.traits().isProjection()
                && one.format().rows() == other.format().rows()
                && one.format().columns() == other.format().columns()
                && one.plane().hasDirectionsOf(other.plane())
                && one.plane().hasSpacingOf(other.plane());
    }

    private boolean isOutside(Slice odd) {
        if (odd.traits().isProjection()) {
            return true;
        }
        Vector3 normal = stack.get(0).plane().normal();
        if (Math.abs(odd.plane().normal().dot(normal)) < ACROSS) {
            return true;
        }
        double[] along = stack.stream()
                .mapToDouble(slice -> slice.plane().position().dot(normal))
                .sorted()
                .toArray();
        double usual = (along[along.length - 1] - along[0]) / (along.length - 1);
        double at = odd.plane().position().dot(normal);
        if (at < along[0] - OUTSIDE * usual || at > along[along.length - 1] + OUTSIDE * usual) {
            return true;
        }
        for (double place : along) {
            if (Math.abs(at - place) <= SAME_PLACE * usual) {
                return true;
            }
        }
        return false;
    }
}
