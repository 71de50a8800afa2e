package io.deformux.radiomics;

import java.util.List;

/** The 13 ways from a voxel to a neighbour, of which the other 13 are the reverse. */
final class Directions {
    static final List<int[]> ALL = List.of(
            new int[] {0, 0, 1},
            new int[] {0, 1, -1},
            new int[] {0, 1, 0},
            new int[] {0, 1, 1},
            new int[] {1, -1, -1},
            new int[] {1, -1, 0},
            new int[] {1, -1, 1},
            new int[] {1, 0, -1},
            new int[] {1, 0, 0},
            new int[] {1, 0, 1},
            new int[] {1, 1, -1},
            new int[] {1, 1, 0},
            new int[] {1, 1, 1});

    private Directions() {}
}
