package io.deformux.transform;

import io.deformux.volume.Affine;
import java.util.ArrayList;
import java.util.List;

/** The 48 ways in which stored axes can follow the patient's axes. */
final class Orientations {
    private static final int[][] PERMUTATIONS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private Orientations() {}

    /** Affines of all orientations with these spacings (mm) per stored axis and some origin. */
    static List<Affine> all(double si, double sj, double sk) {
        double[] spacing = {si, sj, sk};
        List<Affine> affines = new ArrayList<>();
        for (int[] patientAxis : PERMUTATIONS) {
            for (int signs = 0; signs < 8; signs++) {
                double[] rows = {0, 0, 0, 17, 0, 0, 0, -20, 0, 0, 0, 30};
                for (int stored = 0; stored < 3; stored++) {
                    boolean negative = (signs >> stored & 1) == 1;
                    rows[patientAxis[stored] * 4 + stored] = negative ? -spacing[stored] : spacing[stored];
                }
                affines.add(Affine.of(rows));
            }
        }
        return affines;
    }

    /** The affine turned about an oblique axis by {@code degrees}. */
    static Affine tilted(Affine affine, double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        Affine aboutZ = Affine.of(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0);
        Affine aboutX = Affine.of(1, 0, 0, 0, 0, c, -s, 0, 0, s, c, 0);
        return aboutZ.times(aboutX).times(affine);
    }
}
