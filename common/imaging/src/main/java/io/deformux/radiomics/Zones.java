package io.deformux.radiomics;

import io.deformux.volume.Shape3;
import java.util.Arrays;

/** Groups of voxels of one level of which each touches another by a face, edge or corner: the size zone matrix. */
final class Zones {
    private final Shape3 shape;
    /** Levels of what is not counted yet. */
    private final short[] left;

    /** How many can wait: all that have a level. */
    private final int most;

    private int[] waiting = new int[1024];
    private int count;

    private Zones(Levels levels, Shape3 shape) {
        this.shape = shape;
        this.left = levels.of().clone();
        this.most = (int) Arrays.stream(levels.counts()).sum();
    }

    static SizeMatrix of(Levels levels, Shape3 shape) {
        SizeMatrix zones = new SizeMatrix(levels.most());
        Zones search = new Zones(levels, shape);
        for (int n = 0; n < search.left.length; n++) {
            int level = search.left[n];
            if (level != 0) {
                zones.add(level, search.take(n, level));
            }
        }
        return zones;
    }

    /** Counts the zone around a voxel, which is left no more. */
    private int take(int start, int level) {
        int size = 0;
        push(start);
        while (count > 0) {
            int n = waiting[--count];
            size++;
            int i = n / (shape.h() * shape.w());
            int j = n / shape.w() % shape.h();
            int k = n % shape.w();
            for (int a = Math.max(0, i - 1); a <= Math.min(shape.d() - 1, i + 1); a++) {
                for (int b = Math.max(0, j - 1); b <= Math.min(shape.h() - 1, j + 1); b++) {
                    for (int c = Math.max(0, k - 1); c <= Math.min(shape.w() - 1, k + 1); c++) {
                        int neighbour = shape.index(a, b, c);
                        if (left[neighbour] == level) {
                            push(neighbour);
                        }
                    }
                }
            }
        }
        return size;
    }

    private void push(int n) {
        left[n] = 0;
        if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, (int) Math.min(most, 2L * count));
        }
        waiting[count++] = n;
    }
}
