package io.deformux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Shape3;

/** The planes of a volume, put together; each has to come once and in order. */
final class Collected implements VolumeSink {
    private final Shape3 shape;
    private final float[] values;
    private final float[] entropies;
    private int next;
    private boolean ofEnsemble;

    /** Of so many classes. */
    Collected(Shape3 shape, int classes) {
        this.shape = shape;
        values = new float[classes * shape.length()];
        entropies = new float[shape.length()];
    }

    @Override
    public void accept(int plane, float[] logits) {
        assertThat(plane).isEqualTo(next++);
        int area = shape.h() * shape.w();
        for (int c = 0; c < values.length / shape.length(); c++) {
            System.arraycopy(logits, c * area, values, c * shape.length() + plane * area, area);
        }
    }

    @Override
    public void acceptMean(int plane, float[] probabilities, float[] memberEntropies) {
        accept(plane, probabilities);
        ofEnsemble = true;
        System.arraycopy(memberEntropies, 0, entropies, plane * memberEntropies.length, memberEntropies.length);
    }

    /** How many have come. */
    int planes() {
        return next;
    }

    /** (classes, d, h, w) of all planes. */
    float[] values() {
        assertThat(next).isEqualTo(shape.d());
        return values;
    }

    /** (d, h, w) of all planes; zeros of one network. */
    float[] entropies() {
        assertThat(next).isEqualTo(shape.d());
        return entropies;
    }

    /** Whether means came and no logits. */
    boolean ofEnsemble() {
        return ofEnsemble;
    }
}
