package io.deformux.network.gpu;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.proof.ArithmeticProof;
import java.util.Optional;

/** Kernels whose every result is computed again in Java for a proof. It owns nothing. One thread. */
public final class ProvingKernels implements MapKernels {
    private final MapKernels kernels;
    private final DeviceLayers layers;
    private final PlainKernels plain;
    private final ArithmeticProof proof;

    /**
     * A proof of some kernels.
     *
     * @param layers read maps of the device
     */
    public ProvingKernels(MapKernels kernels, DeviceLayers layers, ArithmeticProof proof) {
        this.kernels = kernels;
        this.layers = layers;
        this.plain = new PlainKernels(layers);
        this.proof = proof;
    }

    @Override
    public void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y) {
        double[] expected = plain.deformed(x, offset, weight, bias);
        kernels.deform(x, offset, weight, bias, y);
        check("the deformable convolution", y, expected);
    }

    @Override
    public void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope) {
        double[] expected = plain.activated(y, other, normed);
        kernels.activate(y, other, normed, scope);
        check("the norm and activation", y, expected);
    }

    @Override
    public void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table) {
        double[] expected = plain.ended(y, x, table);
        kernels.blockEnd(y, x, table);
        check("the end of a block", y, expected);
    }

    private void check(String kernel, DeviceMap y, double[] expected) {
        proof.check(kernel + " of " + y.c() + " channels", layers.read(y.array()), expected);
    }

    @Override
    public void close() {
        // The kernels are somebody else's.
    }
}
