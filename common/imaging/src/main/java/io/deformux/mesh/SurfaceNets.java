package io.deformux.mesh;

import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.Arrays;

/**
 * The surface of one label by surface nets (Gibson 1998, "Constrained elastic surface nets"): a vertex in every cell of
 * eight voxel centres of which some have the label and some have not, a square across every pair of neighbours that differ,
 * and a few steps of relaxation in which no vertex leaves its cell. Closed also where the label touches the edge of the grid.
 */
public final class SurfaceNets {
    private static final int RELAXATIONS = 4;

    /** How far a vertex may go from the middle of its cell, in voxels. */
    private static final float REACH = 0.5f;

    private final LabelMap labels;
    private final byte label;
    private final Shape3 shape;
    private final int[] first = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] last = {-1, -1, -1};

    /** In voxel indices until the end. */
    private float[] vertices = new float[3 * 1024];

    /** Four vertex numbers each, counter-clockwise in index space when seen from outside. */
    private int[] squares = new int[4 * 1024];

    private int vertexValues;
    private int squareValues;

    private SurfaceNets(LabelMap labels, int label) {
        this.labels = labels;
        this.label = (byte) label;
        this.shape = labels.geometry().shape();
    }

    /** The surface of a label; without triangles where no voxel has it. */
    public static Surface of(LabelMap labels, int label) {
        SurfaceNets nets = new SurfaceNets(labels, label);
        nets.findBox();
        nets.weave();
        nets.relax();
        return nets.surface();
    }

    private void findBox() {
        byte[] voxels = labels.labels();
        int n = 0;
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++, n++) {
                    if (voxels[n] == label) {
                        extend(0, i);
                        extend(1, j);
                        extend(2, k);
                    }
                }
            }
        }
    }

    private void extend(int axis, int index) {
        first[axis] = Math.min(first[axis], index);
        last[axis] = Math.max(last[axis], index);
    }

    private boolean has(int i, int j, int k) {
        boolean inside = i >= 0 && i < shape.d() && j >= 0 && j < shape.h() && k >= 0 && k < shape.w();
        return inside && labels.labels()[shape.index(i, j, k)] == label;
    }

    /** Vertices and squares, one plane of cells after another; cell (i, j, k) has voxel (i, j, k) as its lowest. */
    private void weave() {
        if (last[0] < 0) {
            return;
        }
        int rows = last[1] - first[1] + 2;
        int columns = last[2] - first[2] + 2;
        int[] before = new int[rows * columns];
        int[] here = new int[rows * columns];
        for (int i = first[0] - 1; i <= last[0]; i++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int j = first[1] - 1 + r;
                    int k = first[2] - 1 + c;
                    here[r * columns + c] = vertex(i, j, k);
                    addSquares(i, j, k, before, here, r * columns + c, columns);
                }
            }
            int[] swap = before;
            before = here;
            here = swap;
        }
    }

    /** The vertex of a mixed cell, at the mean of the middles of the edges whose ends differ; -1 for another cell. */
    private int vertex(int i, int j, int k) {
        boolean[] corner = new boolean[8];
        int count = 0;
        for (int n = 0; n < 8; n++) {
            corner[n] = has(i + (n & 1), j + (n >> 1 & 1), k + (n >> 2));
            count += corner[n] ? 1 : 0;
        }
        if (count == 0 || count == 8) {
            return -1;
        }
        float[] sum = new float[3];
        int edges = 0;
        for (int n = 0; n < 8; n++) {
            for (int axis = 0; axis < 3; axis++) {
                int m = n | 1 << axis;
                if (m != n && corner[n] != corner[m]) {
                    edges++;
                    for (int of = 0; of < 3; of++) {
                        sum[of] += of == axis ? 0.5f : n >> of & 1;
                    }
                }
            }
        }
        vertices = vertexValues + 3 > vertices.length ? Arrays.copyOf(vertices, 2 * vertices.length) : vertices;
        vertices[vertexValues] = i + sum[0] / edges;
        vertices[vertexValues + 1] = j + sum[1] / edges;
        vertices[vertexValues + 2] = k + sum[2] / edges;
        vertexValues += 3;
        return vertexValues / 3 - 1;
    }

    /** The squares across the three edges that go up from the lowest voxel of a cell. */
    private void addSquares(int i, int j, int k, int[] before, int[] here, int at, int columns) {
        boolean inside = has(i, j, k);
        if (inside != has(i + 1, j, k)) {
            addSquare(inside, here[at - columns - 1], here[at - 1], here[at], here[at - columns]);
        }
        if (inside != has(i, j + 1, k)) {
            addSquare(inside, before[at - 1], before[at], here[at], here[at - 1]);
        }
        if (inside != has(i, j, k + 1)) {
            addSquare(inside, before[at - columns], here[at - columns], here[at], before[at]);
        }
    }

    /** Turned so that its front is where the label is not: {@code rising} says that the label is at the lower end. */
    private void addSquare(boolean rising, int a, int b, int c, int d) {
        squares = squareValues + 4 > squares.length ? Arrays.copyOf(squares, 2 * squares.length) : squares;
        squares[squareValues] = a;
        squares[squareValues + 1] = rising ? b : d;
        squares[squareValues + 2] = c;
        squares[squareValues + 3] = rising ? d : b;
        squareValues += 4;
    }

    /** Moves every vertex to the mean of its neighbours, as far as its cell allows. */
    private void relax() {
        float[] start = Arrays.copyOf(vertices, vertexValues);
        float[] sum = new float[vertexValues];
        int[] neighbours = new int[vertexValues / 3];
        for (int round = 0; round < RELAXATIONS; round++) {
            Arrays.fill(sum, 0);
            Arrays.fill(neighbours, 0);
            for (int n = 0; n < squareValues; n++) {
                int one = squares[n];
                int other = squares[n % 4 == 3 ? n - 3 : n + 1];
                addNeighbour(one, other, sum, neighbours);
                addNeighbour(other, one, sum, neighbours);
            }
            for (int v = 0; v < vertexValues; v++) {
                float middle = (float) Math.floor(start[v]) + 0.5f;
                float mean = sum[v] / neighbours[v / 3];
                vertices[v] = Math.max(middle - REACH, Math.min(middle + REACH, mean));
            }
        }
    }

    private void addNeighbour(int of, int neighbour, float[] sum, int[] neighbours) {
        neighbours[of]++;
        for (int axis = 0; axis < 3; axis++) {
            sum[3 * of + axis] += vertices[3 * neighbour + axis];
        }
    }

    private Surface surface() {
        Affine affine = labels.geometry().affine();
        boolean mirrored = affine.determinant() < 0;
        float[] millimetres = new float[vertexValues];
        for (int v = 0; v < vertexValues; v += 3) {
            double[] at = affine.apply(vertices[v], vertices[v + 1], vertices[v + 2]);
            for (int axis = 0; axis < 3; axis++) {
                millimetres[v + axis] = (float) at[axis];
            }
        }
        int[] triangles = new int[squareValues / 4 * 6];
        int to = 0;
        for (int s = 0; s < squareValues; s += 4) {
            int b = squares[s + (mirrored ? 3 : 1)];
            int d = squares[s + (mirrored ? 1 : 3)];
            for (int vertex : new int[] {squares[s], b, squares[s + 2], squares[s], squares[s + 2], d}) {
                triangles[to++] = vertex;
            }
        }
        return new Surface(millimetres, triangles);
    }
}
