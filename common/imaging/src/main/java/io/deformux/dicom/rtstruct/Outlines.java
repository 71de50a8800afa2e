package io.deformux.dicom.rtstruct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The outlines of one label in one slice, along the edges of its pixels: closed polygons of which each encloses exactly the
 * pixels of one piece, whose pixels touch along edges. A hole is cut in by a keyhole, a channel without width along the
 * edge between two rows, since few readers of structure sets know another way (PS3.3 section C.8.8.6.3): it passes no
 * centre of a pixel, so filling by any rule gives the pixels back.
 *
 * <p>A corner (x, y) lies between pixels: pixel (column, row) has the corners (column, row) to (column + 1, row + 1).
 * Belongs to one thread.
 */
final class Outlines {
    /** Right, down, left, up; the pixels of the label lie on the right-hand side of an edge, with y growing downwards. */
    private static final int[] STEP_X = {1, 0, -1, 0};

    private static final int[] STEP_Y = {0, 1, 0, -1};
    private static final int NONE = -1;

    private final int columns;
    private final int rows;
    /** A bit per direction in which an edge leaves a corner. */
    private final byte[] leaving;

    /** Of each corner the node that stands for it; {@link #NONE} where no outline goes through. */
    private final int[] nodeAt;

    private int[] nodeX = new int[256];
    private int[] nodeY = new int[256];
    private int[] next = new int[256];
    private int nodes;

    private Outlines(byte[] pixels, int label, int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.leaving = new byte[(columns + 1) * (rows + 1)];
        this.nodeAt = new int[leaving.length];
        Arrays.fill(nodeAt, NONE);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                if (is(pixels, label, x, y)) {
                    addEdges(pixels, label, x, y);
                }
            }
        }
    }

    /**
     * The polygons, each as x and y of its corners in turn, not closed by a repeated one.
     *
     * @param pixels the labels of a slice, the column fastest
     */
    static List<int[]> of(byte[] pixels, int label, int columns, int rows) {
        return new Outlines(pixels, label, columns, rows).polygons();
    }

    private boolean is(byte[] pixels, int label, int x, int y) {
        return x >= 0 && x < columns && y >= 0 && y < rows && pixels[y * columns + x] == (byte) label;
    }

    private void addEdges(byte[] pixels, int label, int x, int y) {
        if (!is(pixels, label, x, y - 1)) {
            leaving[corner(x, y)] |= 1;
        }
        if (!is(pixels, label, x + 1, y)) {
            leaving[corner(x + 1, y)] |= 2;
        }
        if (!is(pixels, label, x, y + 1)) {
            leaving[corner(x + 1, y + 1)] |= 4;
        }
        if (!is(pixels, label, x - 1, y)) {
            leaving[corner(x, y + 1)] |= 8;
        }
    }

    private int corner(int x, int y) {
        return y * (columns + 1) + x;
    }

    /** Loops are met by their topmost, then leftmost corner, so what a channel to the left meets is there already. */
    private List<int[]> polygons() {
        List<Integer> outer = new ArrayList<>();
        byte[] left = leaving.clone();
        for (int y = 0; y <= rows; y++) {
            for (int x = 0; x <= columns; x++) {
                while (left[corner(x, y)] != 0) {
                    int first = loop(x, y, Integer.numberOfTrailingZeros(left[corner(x, y)]), left);
                    // At its topmost, leftmost corner an outer loop leaves to the right, the loop of a hole downwards.
                    if (nodeY[next[first]] == y) {
                        outer.add(first);
                    } else {
                        cutIn(first);
                    }
                }
            }
        }
        return outer.stream().map(this::corners).toList();
    }

    /** Follows one loop and takes its edges out of {@code left}; gives its first node. */
    private int loop(int x0, int y0, int direction0, byte[] left) {
        int first = node(x0, y0);
        int last = first;
        int direction = direction0;
        int x = x0;
        int y = y0;
        while (true) {
            left[corner(x, y)] &= (byte) ~(1 << direction);
            x += STEP_X[direction];
            y += STEP_Y[direction];
            direction = turn(x, y, direction);
            if (x == x0 && y == y0 && direction == direction0) {
                next[last] = first;
                return first;
            }
            int node = node(x, y);
            next[last] = node;
            last = node;
        }
    }

    /** Right before straight on before left: where two pixels touch at a corner only, each keeps its own side. */
    private int turn(int x, int y, int direction) {
        for (int turn : new int[] {1, 0, 3}) {
            int candidate = (direction + turn) % 4;
            if ((leaving[corner(x, y)] & 1 << candidate) != 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("an outline ends");
    }

    /** Joins the loop of a hole to the outline that lies to the left of its first corner. */
    private void cutIn(int first) {
        int x = nodeX[first] - 1;
        while (nodeAt[corner(x, nodeY[first])] == NONE) {
            x--;
        }
        int met = nodeAt[corner(x, nodeY[first])];
        int last = first;
        while (next[last] != first) {
            last = next[last];
        }
        int backAtHole = node(nodeX[first], nodeY[first]);
        int backAtOutline = node(nodeX[met], nodeY[met]);
        next[last] = backAtHole;
        next[backAtHole] = backAtOutline;
        next[backAtOutline] = next[met];
        next[met] = first;
    }

    private int node(int x, int y) {
        if (nodes == next.length) {
            nodeX = Arrays.copyOf(nodeX, 2 * nodes);
            nodeY = Arrays.copyOf(nodeY, 2 * nodes);
            next = Arrays.copyOf(next, 2 * nodes);
        }
        nodeX[nodes] = x;
        nodeY[nodes] = y;
        nodeAt[corner(x, y)] = nodes;
        return nodes++;
    }

    /** The corners of a loop at which it turns. */
    private int[] corners(int first) {
        int[] corners = new int[64];
        int count = 0;
        int before = first;
        int node = next[first];
        do {
            int after = next[node];
            boolean straight = Integer.signum(nodeX[node] - nodeX[before]) == Integer.signum(nodeX[after] - nodeX[node])
                    && Integer.signum(nodeY[node] - nodeY[before]) == Integer.signum(nodeY[after] - nodeY[node]);
            if (!straight) {
                corners = count + 2 > corners.length ? Arrays.copyOf(corners, 2 * count) : corners;
                corners[count++] = nodeX[node];
                corners[count++] = nodeY[node];
            }
            before = node;
            node = after;
        } while (before != first);
        return Arrays.copyOf(corners, count);
    }
}
