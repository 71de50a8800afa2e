package io.deformux.radiomics;

import io.deformux.volume.Shape3;

/** Stretches of voxels of one level, counted along all directions: the grey level run length matrix. */
final class Runs {
    private Runs() {}

    static SizeMatrix of(Levels levels, Shape3 shape) {
        SizeMatrix runs = new SizeMatrix(levels.most());
        for (int[] to : Directions.ALL) {
            for (int i = 0; i < shape.d(); i++) {
                for (int j = 0; j < shape.h(); j++) {
                    for (int k = 0; k < shape.w(); k++) {
                        int level = levels.of()[shape.index(i, j, k)];
                        if (level != 0 && at(levels, shape, i - to[0], j - to[1], k - to[2]) != level) {
                            runs.add(level, length(levels, shape, new int[] {i, j, k}, to, level));
                        }
                    }
                }
            }
        }
        return runs;
    }

    private static int length(Levels levels, Shape3 shape, int[] at, int[] to, int level) {
        int length = 1;
        while (at(levels, shape, at[0] + length * to[0], at[1] + length * to[1], at[2] + length * to[2]) == level) {
            length++;
        }
        return length;
    }

    private static int at(Levels levels, Shape3 shape, int i, int j, int k) {
        boolean in = i >= 0 && j >= 0 && k >= 0 && i < shape.d() && j < shape.h() && k < shape.w();
        return in ? levels.of()[shape.index(i, j, k)] : 0;
    }
}
