package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several networks of the same classes as one predictor: its channels are those of the first member, then those of the
 * second, and so on, so that one sliding window blends all members. {@link MemberMean} turns its planes into
 * probabilities. It does not own the members. One thread at a time.
 */
public final class EnsemblePredictor implements WindowPredictor {
    private final List<WindowPredictor> members;
    private FloatBuffer joined = FloatBuffer.allocate(0);

    /** An ensemble of at least one member; throws {@link IllegalArgumentException} if their classes differ. */
    public EnsemblePredictor(List<? extends WindowPredictor> members) {
        this.members = List.copyOf(members);
        if (members.isEmpty()
                || members.stream().anyMatch(m -> m.classes() != members.get(0).classes())) {
            throw new IllegalArgumentException("an ensemble needs members with the same classes");
        }
    }

    /** The number of networks. */
    public int size() {
        return members.size();
    }

    @Override
    public int members() {
        return size();
    }

    @Override
    public int classes() {
        return members.size() * members.get(0).classes();
    }

    @Override
    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
        int each = Math.multiplyExact(members.get(0).classes(), roi.length());
        int all = Math.multiplyExact(each, members.size());
        FloatBuffer output = buffer(Math.multiplyExact(all, batch));
        for (int m = 0; m < members.size(); m++) {
            int first = m * each;
            members.get(m).predict(windows.duplicate(), batch, roi, values -> {
                for (int n = 0; n < batch; n++) {
                    output.put(n * all + first, values, n * each, each);
                }
            });
        }
        logits.accept(output);
    }

    /** Made anew only when a larger batch comes. */
    private FloatBuffer buffer(int length) {
        if (joined.capacity() < length) {
            joined = ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return joined.duplicate().limit(length);
    }
}
