package io.deformux.radiomics;

import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The surface of a structure by marching cubes (Lorensen and Cline 1987), halfway between voxels inside and outside. Which
 * triangles a cube of eight voxels has is derived: its faces are cut so that voxels inside that touch only by an edge stay
 * apart, the cuts make closed polygons, and each polygon becomes the fan of the largest area. So the surface is closed, and
 * has the volume and area that the tables in common use give.
 */
final class MarchingCubes {
    /** The corners of each face, counterclockwise from outside; bit 0 of a corner is i, bit 1 j, bit 2 k. */
    private static final int[][] FACES = {
        {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}
    };

    private final List<List<int[][]>> cases = new ArrayList<>();

    MarchingCubes() {
        for (int corners = 0; corners < 256; corners++) {
            cases.add(triangles(corners));
        }
    }

    /** Takes a triangle: three points in voxels, counterclockwise from outside where the indices are right-handed. */
    interface Sink {
        void take(double[] a, double[] b, double[] c);
    }

    /** Gives the whole surface to a sink, in voxels. */
    void surface(Region region, Sink sink) {
        Shape3 shape = region.shape();
        for (int i = -1; i < shape.d(); i++) {
            for (int j = -1; j < shape.h(); j++) {
                for (int k = -1; k < shape.w(); k++) {
                    for (int[][] triangle : cases.get(corners(region, i, j, k))) {
                        sink.take(
                                point(triangle[0], i, j, k), point(triangle[1], i, j, k), point(triangle[2], i, j, k));
                    }
                }
            }
        }
    }

    private static int corners(Region region, int i, int j, int k) {
        int corners = 0;
        for (int corner = 0; corner < 8; corner++) {
            if (region.has(i + (corner & 1), j + (corner >> 1 & 1), k + (corner >> 2))) {
                corners |= 1 << corner;
            }
        }
        return corners;
    }

    private static double[] point(int[] edge, int i, int j, int k) {
        double[] at = {i, j, k};
        for (int axis = 0; axis < 3; axis++) {
            at[axis] += ((edge[0] >> axis & 1) + (edge[1] >> axis & 1)) / 2.0;
        }
        return at;
    }

    /** The triangles of one case; each point is the middle of an edge between two corners. */
    private static List<int[][]> triangles(int corners) {
        // From each edge on which the surface leaves a face to the one where it came in: cuts that follow each other.
        int[] next = new int[64];
        for (int[] face : FACES) {
            for (int n = 0; n < 4; n++) {
                if (inside(corners, face[n]) && !inside(corners, face[(n + 1) % 4])) {
                    int entry = n;
                    while (inside(corners, face[(entry + 3) % 4])) {
                        entry = (entry + 3) % 4;
                    }
                    next[edge(face[n], face[(n + 1) % 4])] = edge(face[entry], face[(entry + 3) % 4]) + 1;
                }
            }
        }
        List<int[][]> triangles = new ArrayList<>();
        for (int start = 0; start < 64; start++) {
            List<int[]> polygon = new ArrayList<>();
            for (int at = start; next[at] != 0; ) {
                polygon.add(new int[] {at >> 3, at & 7});
                int to = next[at] - 1;
                next[at] = 0;
                at = to;
            }
            triangles.addAll(largestFan(polygon));
        }
        return triangles;
    }

    private static List<int[][]> largestFan(List<int[]> polygon) {
        List<int[][]> best = List.of();
        double largest = 0;
        for (int centre = 0; centre < polygon.size(); centre++) {
            Collections.rotate(polygon, 1);
            List<int[][]> fan = new ArrayList<>();
            double area = 0;
            for (int n = 2; n < polygon.size(); n++) {
                int[][] triangle = {polygon.get(0), polygon.get(n), polygon.get(n - 1)};
                area += twiceTheArea(triangle);
                fan.add(triangle);
            }
            // More than rounding makes of fans that are equal.
            if (area > largest + 1e-9) {
                largest = area;
                best = fan;
            }
        }
        return best;
    }

    private static double twiceTheArea(int[][] triangle) {
        double[] a = point(triangle[0], 0, 0, 0);
        double[] b = point(triangle[1], 0, 0, 0);
        double[] c = point(triangle[2], 0, 0, 0);
        double squares = 0;
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            squares += Math.pow((b[u] - a[u]) * (c[v] - a[v]) - (b[v] - a[v]) * (c[u] - a[u]), 2);
        }
        return Math.sqrt(squares);
    }

    private static boolean inside(int corners, int corner) {
        return (corners >> corner & 1) == 1;
    }

    private static int edge(int inside, int outside) {
        return inside << 3 | outside;
    }
}
