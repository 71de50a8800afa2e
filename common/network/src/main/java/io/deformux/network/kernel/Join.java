package io.deformux.network.kernel;

/** The constants of {@code x = leaky(norm(x) + otherNorm(y))}, repeated for the rows of one chunk. Stateless. */
public final class Join {
    private final RowKernels kernels;
    private final float[] scale;
    private final float[] shift;
    private final float[] otherScale;

    public Join(RowKernels kernels, ChannelAffine norm, ChannelAffine otherNorm, int rows) {
        this.kernels = kernels;
        this.scale = Chunks.repeat(norm.scale(), rows);
        this.otherScale = Chunks.repeat(otherNorm.scale(), rows);
        float[] both = norm.shift().clone();
        for (int c = 0; c < both.length; c++) {
            both[c] += otherNorm.shift()[c];
        }
        this.shift = Chunks.repeat(both, rows);
    }

    public void apply(float[] x, float[] y, int n) {
        kernels.joinLeaky(x, scale, shift, y, otherScale, n);
    }
}
