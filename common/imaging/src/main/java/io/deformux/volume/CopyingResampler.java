package io.deformux.volume;

/** No resampling at all. */
final class CopyingResampler extends Resampler {
    private final float[] voxels;

    CopyingResampler(Volume source, Geometry target) {
        super(target);
        if (!source.geometry().shape().equals(target.shape())) {
            throw new IllegalArgumentException(
                    "a grid of " + source.geometry().shape() + " is not one of " + target.shape());
        }
        this.voxels = source.voxels();
    }

    @Override
    public void plane(int i, float[] plane) {
        int size = target().shape().h() * target().shape().w();
        System.arraycopy(voxels, i * size, plane, 0, size);
    }
}
