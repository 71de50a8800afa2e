package io.deformux.radiomics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The convex hull of points that are not all in one plane, one point after the other: what a new point sees of the hull so
 * far is replaced by a cone to it. Points of a grid lie in common planes, which would need cases of their own; so each is
 * moved first by less than a millionth of a voxel, always by the same.
 */
final class ConvexHull {
    private static final double MOVED = 1e-7;

    private final List<double[]> points;
    private List<int[]> faces = new ArrayList<>();

    private ConvexHull(List<double[]> points) {
        this.points = points;
    }

    /**
     * The triangles of the hull, counterclockwise from outside in right-handed axes.
     *
     * @param halves the points, in half voxels
     * @return in voxels
     */
    static List<double[][]> of(List<int[]> halves) {
        Random random = new Random(1);
        List<double[]> points = new ArrayList<>();
        for (int[] half : halves) {
            double[] point = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                point[axis] = half[axis] / 2.0 + MOVED * random.nextDouble();
            }
            points.add(point);
        }
        ConvexHull hull = new ConvexHull(points);
        hull.begin();
        for (int n = 0; n < points.size(); n++) {
            hull.add(n);
        }
        return hull.faces.stream()
                .map(face -> new double[][] {points.get(face[0]), points.get(face[1]), points.get(face[2])})
                .toList();
    }

    /** A tetrahedron of points that are far from each other. */
    private void begin() {
        int a = 0;
        int b = farthest(n -> squared(sub(points.get(n), points.get(a))));
        double[] edge = sub(points.get(b), points.get(a));
        int c = farthest(n -> squared(cross(edge, sub(points.get(n), points.get(a)))));
        int d = farthest(n -> Math.abs(above(new int[] {a, b, c}, n)));
        for (int[] face : new int[][] {{a, b, c}, {a, c, d}, {a, d, b}, {b, d, c}}) {
            faces.add(above(new int[] {a, b, c}, d) < 0 ? face : new int[] {face[0], face[2], face[1]});
        }
    }

    private interface Measure {
        double of(int point);
    }

    private int farthest(Measure measure) {
        int best = 0;
        for (int n = 1; n < points.size(); n++) {
            best = measure.of(n) > measure.of(best) ? n : best;
        }
        return best;
    }

    private void add(int point) {
        List<int[]> kept = new ArrayList<>();
        Map<Long, int[]> rim = new HashMap<>();
        for (int[] face : faces) {
            if (above(face, point) <= 0) {
                kept.add(face);
                continue;
            }
            for (int n = 0; n < 3; n++) {
                int from = face[n];
                int to = face[(n + 1) % 3];
                if (rim.remove((long) to << 32 | from) == null) {
                    rim.put((long) from << 32 | to, new int[] {from, to, point});
                }
            }
        }
        if (!rim.isEmpty()) {
            kept.addAll(rim.values());
            faces = kept;
        }
    }

    /** Six times the volume between a face and a point; above 0 if the point sees the face's outside. */
    private double above(int[] face, int point) {
        double[] a = points.get(face[0]);
        double[] normal = cross(sub(points.get(face[1]), a), sub(points.get(face[2]), a));
        double[] to = sub(points.get(point), a);
        return normal[0] * to[0] + normal[1] * to[1] + normal[2] * to[2];
    }

    private static double squared(double[] a) {
        return a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
    }

    private static double[] sub(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
