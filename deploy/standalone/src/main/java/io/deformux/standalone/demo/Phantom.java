package io.deformux.standalone.demo;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A generated abdominal CT: an elliptic trunk of fat and muscle in air, a spine, and organs of known shape, with noise.
 * The same seed gives the same phantom; another seed moves, scales and re-brightens the organs a little.
 */
public final class Phantom {
    /** Standard deviation of the noise in HU, about that of a routine abdominal CT. */
    private static final double NOISE = 12;

    /** An ellipsoid in trunk coordinates (each axis -1 to 1 across the volume; right, anterior, superior positive). */
    private record Organ(int label, double hu, double x, double y, double z, double rx, double ry, double rz) {
        boolean holds(double px, double py, double pz) {
            double dx = (px - x) / rx;
            double dy = (py - y) / ry;
            double dz = (pz - z) / rz;
            return dx * dx + dy * dy + dz * dz <= 1;
        }

        Organ varied(SplittableRandom random) {
            double size = 1 + jitter(random, 0.10);
            return new Organ(
                    label,
                    hu + jitter(random, 10),
                    x + jitter(random, 0.04),
                    y + jitter(random, 0.04),
                    z + jitter(random, 0.06),
                    rx * size,
                    ry * size,
                    rz * size);
        }
    }

    /** The class names, index = label value. */
    static final List<String> LABELS = List.of("background", "liver", "spleen", "kidneys", "aorta", "spine");

    private static final List<Organ> ORGANS = List.of(
            new Organ(1, 110, 0.36, 0.10, 0.25, 0.32, 0.34, 0.45),
            new Organ(2, 135, -0.50, -0.12, 0.30, 0.15, 0.20, 0.30),
            new Organ(3, 190, 0.34, -0.26, -0.35, 0.13, 0.14, 0.32),
            new Organ(3, 190, -0.34, -0.26, -0.30, 0.13, 0.14, 0.32),
            new Organ(4, 250, -0.03, -0.18, 0, 0.075, 0.09, 4),
            new Organ(5, 450, 0, -0.40, 0, 0.12, 0.15, 4));

    private final Volume volume;
    private final LabelMap truth;

    private Phantom(Volume volume, LabelMap truth) {
        this.volume = volume;
        this.truth = truth;
    }

    /**
     * Generates one phantom.
     *
     * @param shape voxels along right-left, posterior-anterior and inferior-superior
     * @param spacing mm between voxels along the same axes
     * @param seed which phantom
     */
    public static Phantom generate(Shape3 shape, double[] spacing, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Organ> organs = ORGANS.stream().map(organ -> organ.varied(random)).toList();
        Affine affine = Affine.of(
                -spacing[0],
                0,
                0,
                spacing[0] * (shape.d() - 1) / 2,
                0,
                -spacing[1],
                0,
                spacing[1] * (shape.h() - 1) / 2,
                0,
                0,
                spacing[2],
                0);
        Geometry geometry = new Geometry(shape, affine);
        float[] hu = new float[shape.length()];
        byte[] labels = new byte[hu.length];
        int n = 0;
        for (int i = 0; i < shape.d(); i++) {
            double x = -centred(i, shape.d());
            for (int j = 0; j < shape.h(); j++) {
                double y = -centred(j, shape.h());
                for (int k = 0; k < shape.w(); k++, n++) {
                    double z = centred(k, shape.w());
                    Optional<Organ> organ = organAt(organs, x, y, z);
                    double value = organ.isPresent() ? organ.get().hu : trunk(x, y);
                    hu[n] = (float) Math.rint(value + NOISE * gaussian(random));
                    labels[n] = organ.isPresent() ? (byte) organ.get().label : 0;
                }
            }
        }
        return new Phantom(new Volume(geometry, hu), new LabelMap(geometry, labels));
    }

    /** The scan in HU. */
    public Volume volume() {
        return volume;
    }

    /** The organs, as in {@link #LABELS}. */
    LabelMap truth() {
        return truth;
    }

    /** The one on top, if there is any. */
    private static Optional<Organ> organAt(List<Organ> organs, double x, double y, double z) {
        for (int n = organs.size() - 1; n >= 0; n--) {
            if (organs.get(n).holds(x, y, z)) {
                return Optional.of(organs.get(n));
            }
        }
        return Optional.empty();
    }

    private static double trunk(double x, double y) {
        double r = Math.sqrt(x * x / (0.85 * 0.85) + y * y / (0.65 * 0.65));
        if (r > 1) {
            return -1000;
        }
        return r > 0.88 ? -100 : 50;
    }

    private static double centred(int index, int size) {
        return size == 1 ? 0 : 2.0 * index / (size - 1) - 1;
    }

    private static double jitter(SplittableRandom random, double range) {
        return (2 * random.nextDouble() - 1) * range;
    }

    /** The sum of four uniform draws, scaled to variance 1: close enough to a normal value and cheap. */
    private static double gaussian(SplittableRandom random) {
        double sum = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        return (sum - 2) * Math.sqrt(3);
    }
}
