package io.deformux.inference;

import io.deformux.transform.LabelRule;
import io.deformux.volume.Shape3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/**
 * A predictor of regions with a channel before them that has the logit 0, as {@link LabelRule} takes them. It does not own the
 * predictor. One thread at a time.
 */
public final class RegionPredictor implements WindowPredictor {
    private final WindowPredictor regions;
    private final int count;
    private FloatBuffer placed = FloatBuffer.allocate(0);

    private RegionPredictor(WindowPredictor regions, int count) {
        this.regions = regions;
        this.count = count;
    }

    /** The predictor for channels of that rule: itself where its outputs are the labels. */
    public static WindowPredictor of(WindowPredictor predictor, LabelRule rule) {
        return rule.ofRegions() ? new RegionPredictor(predictor, rule.order().size()) : predictor;
    }

    @Override
    public int classes() {
        return count + 1;
    }

    @Override
    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
        int all = Math.multiplyExact(classes(), roi.length());
        FloatBuffer output = buffer(Math.multiplyExact(all, batch));
        regions.predict(windows, batch, roi, values -> {
            for (int n = 0; n < batch; n++) {
                int first = n * all + roi.length();
                output.put(first, values, n * count * roi.length(), count * roi.length());
            }
        });
        logits.accept(output);
    }

    /** Made anew only for a larger batch or window; channel 0 of it stays 0 as long as windows have one size. */
    private FloatBuffer buffer(int length) {
        if (placed.capacity() != length) {
            placed = ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return placed.duplicate();
    }
}
