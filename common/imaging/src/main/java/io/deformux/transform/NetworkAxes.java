package io.deformux.transform;

import io.deformux.volume.Affine;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which way the axes of the image run that a network sees, whatever way a scan is stored.
 *
 * @param code {@value #AS_STORED}, or where the three axes run to, each the patient's right or left (R, L), anterior or
 *     posterior (A, P), superior or inferior (S, I), as {@code RAS} or {@code LPS}
 * @param spacingAsStored whether a preset's spacing is that of the scan's stored axes, as in MONAI's recipes, and not that of
 *     these
 */
public record NetworkAxes(String code, boolean spacingAsStored) {
    /** Two opposite directions for each of the patient's axes, the one that RAS+ has first. */
    private static final List<String> DIRECTIONS = List.of("RL", "AP", "SI");

    /** The code of images whose axes are left as they are stored. */
    public static final String AS_STORED = "stored";

    /** As MONAI's recipes have it: the spacing of stored axes, then RAS+. */
    public static final NetworkAxes RECIPE = new NetworkAxes("RAS", true);

    /** As most readers of nnU-Net have it. */
    public static final NetworkAxes STORED = new NetworkAxes(AS_STORED, true);

    /** Checks the code; throws {@link IllegalArgumentException} that says what there is. */
    public NetworkAxes {
        boolean eachOnce = code.length() == DIRECTIONS.size()
                && DIRECTIONS.stream()
                        .allMatch(pair -> code.chars()
                                        .filter(direction -> pair.indexOf(direction) >= 0)
                                        .count()
                                == 1);
        if (!eachOnce && !code.equals(AS_STORED)) {
            throw new IllegalArgumentException(
                    "the axes must be " + AS_STORED + ", or one of R and L, one of A and P and"
                            + " one of S and I in some order, as RAS, and not " + code);
        }
    }

    /**
     * Axes that run so, whose spacing a preset's is. The grid of that spacing begins at a scan's first stored voxel all the same,
     * so two forms of one scan can be seen up to half a voxel of it apart, where their extent is no multiple of the spacing.
     */
    public static NetworkAxes of(String code) {
        return code.equals(AS_STORED) ? STORED : new NetworkAxes(code, false);
    }

    /** The way to them from a grid with this affine. */
    Orientation from(Affine affine) {
        return code.equals(AS_STORED)
                ? Orientation.NONE
                : Orientation.toRas(affine).then(axes(), reversed());
    }

    /** The spacing of stored axes where a preset has that one, in mm; either may be empty. */
    List<Double> stored(List<Double> spacing, Affine affine) {
        if (spacingAsStored || spacing.isEmpty()) {
            return spacing;
        }
        Orientation orientation = from(affine);
        Double[] stored = new Double[spacing.size()];
        for (int axis = 0; axis < stored.length; axis++) {
            stored[orientation.storedAxis(axis)] = spacing.get(axis);
        }
        return List.of(stored);
    }

    /** For each axis the one of RAS+ that it runs along. */
    private int[] axes() {
        return code.chars()
                .map(direction -> IntStream.range(0, DIRECTIONS.size())
                        .filter(axis -> DIRECTIONS.get(axis).indexOf(direction) >= 0)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    /** Whether each runs against that one. */
    private boolean[] reversed() {
        boolean[] reversed = new boolean[code.length()];
        for (int axis = 0; axis < reversed.length; axis++) {
            char direction = code.charAt(axis);
            reversed[axis] = DIRECTIONS.stream().anyMatch(pair -> pair.indexOf(direction) == 1);
        }
        return reversed;
    }
}
