package io.deformux.network.training;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Feature maps of a batch: (n, c, d, h, w), w fastest, each map with a rim of zeros on all sides, so that whatever reads
 * beyond a border reads 0.
 *
 * <p>Kernels run over flat ranges from the first voxel of a plane to its last. Between two lines they pass over the rims
 * and leave values there; who writes a plane clears them with {@link #clearGaps}.
 */
public final class RimmedMaps {
    /** How many values beyond a range a kernel may read: two of the widest vectors. */
    private static final int SPILL = 32;

    public final float[] values;
    public final int n;
    public final int c;
    public final int d;
    public final int h;
    public final int w;
    final int rim;
    /** Distance between neighbours along h; likewise along d, between channels and between samples. */
    final int line;

    final int plane;
    final int map;
    final int sample;

    private final int offset;

    private RimmedMaps(float[] values, int offset, int sample, int n, int c, int d, int h, int w, int rim) {
        this.values = values;
        this.offset = offset;
        this.n = n;
        this.c = c;
        this.d = d;
        this.h = h;
        this.w = w;
        this.rim = rim;
        this.line = w + 2 * rim;
        this.plane = (h + 2 * rim) * line;
        this.map = (d + 2 * rim) * plane;
        this.sample = sample;
    }

    /** Zeros with a rim of one voxel. */
    public static RimmedMaps of(int n, int c, int d, int h, int w) {
        return of(n, c, d, h, w, 1);
    }

    /** Zeros. */
    public static RimmedMaps of(int n, int c, int d, int h, int w, int rim) {
        long sample = (long) c * (d + 2 * rim) * (h + 2 * rim) * (w + 2 * rim);
        float[] values = new float[Math.toIntExact(Math.addExact(Math.multiplyExact(n, sample), SPILL))];
        return new RimmedMaps(values, 0, (int) sample, n, c, d, h, w, rim);
    }

    /** {@code old} if it has that shape, else new zeros; what is in it is of no interest, its rims are 0. */
    public static RimmedMaps reuse(RimmedMaps old, int n, int c, int d, int h, int w, int rim) {
        boolean fits = old != null && old.n == n && old.c == c && old.d == d && old.h == h && old.w == w;
        return fits && old.rim == rim ? old : of(n, c, d, h, w, rim);
    }

    /** {@link #reuse} for maps of the size and rim of these with other channels. */
    public RimmedMaps reuse(RimmedMaps old, int channels) {
        return reuse(old, n, channels, d, h, w, rim);
    }

    /** Some of the channels, in place. */
    public RimmedMaps channels(int from, int count) {
        return new RimmedMaps(values, offset + from * map, sample, n, count, d, h, w, rim);
    }

    /** How wide the rims are, in voxels. */
    public int rim() {
        return rim;
    }

    /** How many channels. */
    public int channels() {
        return c;
    }

    /** Voxels of a map, the rim not counted. */
    int voxels() {
        return d * h * w;
    }

    /** Where a map begins, its rim included. */
    int at(int s, int channel) {
        return offset + s * sample + channel * map;
    }

    /** Where a line begins, its rim not included. */
    public int at(int s, int channel, int i, int j) {
        return at(s, channel) + (i + rim) * plane + (j + rim) * line + rim;
    }

    /** From the first voxel of a plane to its last, the rims between the lines included. */
    public int span() {
        return (h - 1) * line + w;
    }

    /** Sets what lies between the lines of a plane to 0. */
    public void clearGaps(int s, int channel, int i) {
        int gap = at(s, channel, i, 0) + w;
        for (int j = 1; j < h; j++, gap += line) {
            for (int k = 0; k < 2 * rim; k++) {
                values[gap + k] = 0;
            }
        }
    }

    /** Sets a plane to one value, what lies between its lines included. */
    void fill(int s, int channel, int i, float value) {
        int from = at(s, channel, i, 0);
        Arrays.fill(values, from, from + span(), value);
    }

    /** Takes values (n, c, d, h, w) without rims, from position 0. */
    public void read(FloatBuffer from) {
        eachLine((at, position) -> from.get(position, values, at, w));
    }

    /** Gives the values (n, c, d, h, w) without rims, from position 0. */
    public void write(FloatBuffer to) {
        eachLine((at, position) -> to.put(position, values, at, w));
    }

    /** Takes the values of maps of the same shape with another rim. */
    public void copy(RimmedMaps from) {
        ParallelTasks.forEach(n * c, m -> {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < h; j++) {
                    System.arraycopy(from.values, from.at(m / c, m % c, i, j), values, at(m / c, m % c, i, j), w);
                }
            }
        });
    }

    /** Adds the values of maps of the same shape. */
    public void add(RimmedMaps other) {
        ParallelTasks.forEach(n * c, m -> {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < h; j++) {
                    int to = at(m / c, m % c, i, j);
                    int from = other.at(m / c, m % c, i, j);
                    for (int k = 0; k < w; k++) {
                        values[to + k] += other.values[from + k];
                    }
                }
            }
        });
    }

    private interface Line {
        void visit(int at, int position);
    }

    private void eachLine(Line visitor) {
        ParallelTasks.forEach(n * c, m -> {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < h; j++) {
                    visitor.visit(at(m / c, m % c, i, j), ((m * d + i) * h + j) * w);
                }
            }
        });
    }
}
