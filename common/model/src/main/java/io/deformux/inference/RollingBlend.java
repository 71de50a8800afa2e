package io.deformux.inference;

import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums weighted window outputs over the few planes that windows still touch, and gives each plane to the sink when no
 * later window does.
 *
 * <p>Windows come with origins that never go back along axis 0. Plane {@code p} lives in slot {@code p % planes()}
 * from the first window that reaches it until it is given away, so the memory is (classes + 1) x planes x h x w floats
 * whatever the length of the image along axis 0. The padding has no place here: what falls outside is not added.
 *
 * <p>Used by one thread, which splits the planes of a window over the common pool. Every voxel sums its windows in
 * their order, so the result does not depend on the number of threads.
 */
final class RollingBlend {
    private final Shape3 image;
    private final int classes;
    private final int members;
    private final Shape3 roi;
    private final float[] windowWeights;
    private final PlaneSink sink;
    private final float[][] logits;
    private final float[][] weights;
    private int nextPlane;

    RollingBlend(Shape3 image, int classes, int members, Shape3 roi, float[] windowWeights, PlaneSink sink) {
        this.image = image;
        this.classes = classes;
        this.members = members;
        this.roi = roi;
        this.windowWeights = windowWeights;
        this.sink = sink;
        int planes = Math.min(image.d(), roi.d());
        int area = Math.multiplyExact(image.h(), image.w());
        this.logits = new float[planes][Math.multiplyExact(classes, area)];
        this.weights = new float[planes][area];
    }

    /** How many planes are held. */
    int planes() {
        return logits.length;
    }

    /**
     * Adds one window's output and gives away the planes before it.
     *
     * @param origin where the window begins in the image
     * @param output holds (classes, roi) from element {@code first} on, last axis fastest
     */
    void add(Origin origin, FloatBuffer output, int first) {
        finishBefore(origin.i());
        IntStream.range(Math.max(origin.i(), 0), Math.min(origin.i() + roi.d(), image.d()))
                .parallel()
                .forEach(plane -> addPlane(plane, origin, output, first));
    }

    /** Gives away all planes that are left. */
    void finish() {
        finishBefore(image.d());
    }

    private void addPlane(int plane, Origin origin, FloatBuffer output, int first) {
        float[] planeLogits = logits[plane % planes()];
        float[] planeWeights = weights[plane % planes()];
        int fromJ = Math.max(origin.j(), 0);
        int toJ = Math.min(origin.j() + roi.h(), image.h());
        int fromK = Math.max(origin.k(), 0);
        int length = Math.min(origin.k() + roi.w(), image.w()) - fromK;
        float[] row = new float[length];
        for (int j = fromJ; j < toJ; j++) {
            int inWindow = roi.index(plane - origin.i(), j - origin.j(), fromK - origin.k());
            int inPlane = j * image.w() + fromK;
            for (int n = 0; n < length; n++) {
                planeWeights[inPlane + n] += windowWeights[inWindow + n];
            }
            for (int c = 0; c < classes; c++) {
                output.get(first + c * roi.length() + inWindow, row);
                int at = c * image.h() * image.w() + inPlane;
                for (int n = 0; n < length; n++) {
                    planeLogits[at + n] += windowWeights[inWindow + n] * row[n];
                }
            }
        }
    }

    private void finishBefore(int plane) {
        for (; nextPlane < plane; nextPlane++) {
            float[] planeLogits = logits[nextPlane % planes()];
            float[] planeWeights = weights[nextPlane % planes()];
            IntStream.range(0, classes).parallel().forEach(c -> divide(planeLogits, c, planeWeights));
            sink.accept(nextPlane, planeLogits);
            Arrays.fill(planeLogits, 0);
            Arrays.fill(planeWeights, 0);
        }
    }

    private void divide(float[] planeLogits, int c, float[] planeWeights) {
        int at = c * planeWeights.length;
        float uncovered = c % (classes / members) == 0 ? 0 : SlidingWindow.SKIPPED_LOGIT;
        for (int n = 0; n < planeWeights.length; n++) {
            float weight = planeWeights[n];
            planeLogits[at + n] = weight == 0 ? uncovered : planeLogits[at + n] / weight;
        }
    }
}
