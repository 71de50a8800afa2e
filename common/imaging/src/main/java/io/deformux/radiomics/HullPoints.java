package io.deformux.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Points of a structure's surface that can be corners of its convex hull: they are corners of the hull of their plane too,
 * across each axis. So a structure of a million voxels has some thousands.
 */
final class HullPoints {
    private HullPoints() {}

    /** The points in half voxels, where the surface crosses the way from a voxel to the next. */
    static List<int[]> of(Region region) {
        List<int[]> points = new ArrayList<>();
        int[] size = region.shape().toArray();
        for (int i = 0; i < size[0]; i++) {
            List<int[]> plane = new ArrayList<>();
            for (int j = 0; j < size[1]; j++) {
                for (int k = 0; k < size[2]; k++) {
                    if (region.has(i, j, k)) {
                        addCrossings(region, i, j, k, plane);
                    }
                }
            }
            points.addAll(corners(plane, 0));
        }
        return corners(corners(corners(points, 0), 1), 2);
    }

    private static void addCrossings(Region region, int i, int j, int k, List<int[]> points) {
        for (int side = -1; side <= 1; side += 2) {
            if (!region.has(i + side, j, k)) {
                points.add(new int[] {2 * i + side, 2 * j, 2 * k});
            }
            if (!region.has(i, j + side, k)) {
                points.add(new int[] {2 * i, 2 * j + side, 2 * k});
            }
            if (!region.has(i, j, k + side)) {
                points.add(new int[] {2 * i, 2 * j, 2 * k + side});
            }
        }
    }

    /** In each plane across an axis the corners of the hull of its points. */
    private static List<int[]> corners(List<int[]> points, int across) {
        Map<Integer, List<int[]>> planes = new TreeMap<>();
        points.forEach(point ->
                planes.computeIfAbsent(point[across], at -> new ArrayList<>()).add(point));
        int u = across == 0 ? 1 : 0;
        int v = across == 2 ? 1 : 2;
        List<int[]> corners = new ArrayList<>();
        for (List<int[]> plane : planes.values()) {
            plane.sort(Comparator.<int[]>comparingInt(point -> point[u]).thenComparingInt(point -> point[v]));
            corners.addAll(chain(plane, u, v, 1));
            corners.addAll(chain(plane, u, v, -1));
        }
        return corners.stream()
                .sorted(Comparator.<int[]>comparingInt(point -> point[0])
                        .thenComparingInt(point -> point[1])
                        .thenComparingInt(point -> point[2]))
                .filter(new Repeats()::isNew)
                .toList();
    }

    /** One side of the hull of sorted points (Andrew 1979). */
    private static List<int[]> chain(List<int[]> sorted, int u, int v, int side) {
        List<int[]> chain = new ArrayList<>();
        for (int[] point : sorted) {
            while (chain.size() > 1 && turn(chain, point, u, v) * side <= 0) {
                chain.remove(chain.size() - 1);
            }
            chain.add(point);
        }
        return chain;
    }

    private static long turn(List<int[]> chain, int[] to, int u, int v) {
        int[] a = chain.get(chain.size() - 2);
        int[] b = chain.get(chain.size() - 1);
        return (long) (b[u] - a[u]) * (to[v] - a[v]) - (long) (b[v] - a[v]) * (to[u] - a[u]);
    }

    /** Leaves out what is equal to what came before it. */
    private static final class Repeats {
        private int[] last = {};

        boolean isNew(int[] point) {
            boolean isNew = !Arrays.equals(last, point);
            last = point;
            return isNew;
        }
    }
}
