package io.deformux.radiomics;

import io.deformux.volume.Shape3;

/**
 * How often two levels are neighbours, over all directions and both ways: the grey level co-occurrence matrix at a
 * distance of one voxel.
 *
 * @param counts (levels + 1, levels + 1), symmetric; row and column 0 are empty
 * @param pairs their sum
 */
record CooccurrenceMatrix(long[][] counts, long pairs) {

    static CooccurrenceMatrix of(Levels levels, Shape3 shape) {
        long[][] counts = new long[levels.most() + 1][levels.most() + 1];
        long pairs = 0;
        for (int[] to : Directions.ALL) {
            for (int i = 0; i < shape.d() - to[0]; i++) {
                for (int j = Math.max(0, -to[1]); j < shape.h() - Math.max(0, to[1]); j++) {
                    int here = shape.index(i, j, 0);
                    int there = shape.index(i + to[0], j + to[1], to[2]);
                    for (int k = Math.max(0, -to[2]); k < shape.w() - Math.max(0, to[2]); k++) {
                        int a = levels.of()[here + k];
                        int b = levels.of()[there + k];
                        if (a != 0 && b != 0) {
                            counts[a][b]++;
                            counts[b][a]++;
                            pairs += 2;
                        }
                    }
                }
            }
        }
        return new CooccurrenceMatrix(counts, pairs);
    }
}
