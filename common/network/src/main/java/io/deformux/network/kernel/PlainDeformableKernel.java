package io.deformux.network.kernel;

/** Plain loops: the oracle of {@link VectorDeformableKernel}, and what runs without the vector module. */
final class PlainDeformableKernel implements DeformableKernel {

    @Override
    public void convolve(Rim map, TapPlan plan, float[] weights, float[] bias, float[] out, int at) {
        int channels = map.map().c();
        int[] corners = {
            0,
            map.voxel(),
            map.line(),
            map.line() + map.voxel(),
            map.plane(),
            map.plane() + map.voxel(),
            map.plane() + map.line(),
            map.plane() + map.line() + map.voxel()
        };
        System.arraycopy(bias, 0, out, at, channels);
        for (int t = 0; t < plan.count; t++) {
            for (int c = 0; c < channels; c++) {
                float sample = 0;
                for (int corner = 0; corner < TapPlan.CORNERS; corner++) {
                    sample +=
                            plan.shares[t * TapPlan.CORNERS + corner] * map.values()[plan.low[t] + corners[corner] + c];
                }
                out[at + c] += weights[plan.tap[t] * channels + c] * sample;
            }
        }
    }
}
