package io.deformux.inference;

import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The windows that go through the network together: their origins and one direct buffer that is filled again. */
final class WindowBatch {
    private final float[] image;
    private final int channels;
    private final Shape3 shape;
    private final Shape3 roi;
    private final int capacity;
    private final FloatBuffer input;
    private final List<Origin> origins = new ArrayList<>();

    /** Room for so many windows of an image (channels, shape). */
    WindowBatch(float[] image, int channels, Shape3 shape, Shape3 roi, int capacity) {
        this.image = image;
        this.channels = channels;
        this.shape = shape;
        this.roi = roi;
        this.capacity = capacity;
        this.input = ByteBuffer.allocateDirect(Math.multiplyExact(capacity * channels * Float.BYTES, roi.length()))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    int size() {
        return origins.size();
    }

    Origin origin(int window) {
        return origins.get(window);
    }

    boolean isFull() {
        return origins.size() == capacity;
    }

    /** Some of the windows as (n, channels, roi), from position 0 to the limit; a view. */
    FloatBuffer input(int first, int windows) {
        return input.slice(first * channels * roi.length(), windows * channels * roi.length());
    }

    void clear() {
        origins.clear();
    }

    /** Copies a window in; what lies outside the image becomes 0. */
    void add(Origin origin) {
        for (int c = 0; c < channels; c++) {
            add(origin, c, (origins.size() * channels + c) * roi.length());
        }
        origins.add(origin);
    }

    private void add(Origin origin, int channel, int to) {
        int at = to;
        float[] padding = new float[roi.w()];
        float[] row = new float[roi.w()];
        int fromK = Math.max(origin.k(), 0);
        int length = Math.min(origin.k() + roi.w(), shape.w()) - fromK;
        for (int di = 0; di < roi.d(); di++) {
            for (int dj = 0; dj < roi.h(); dj++, at += roi.w()) {
                int i = origin.i() + di;
                int j = origin.j() + dj;
                if (isInside(i, j)) {
                    int from = channel * shape.length() + shape.index(i, j, fromK);
                    System.arraycopy(image, from, row, fromK - origin.k(), length);
                    input.put(at, row);
                } else {
                    input.put(at, padding);
                }
            }
        }
    }

    private boolean isInside(int i, int j) {
        return i >= 0 && i < shape.d() && j >= 0 && j < shape.h();
    }
}
