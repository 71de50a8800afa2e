package io.deformux.network.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** The logarithm of the mean of a network's probabilities over the eight mirrorings of its images. Owns neither. */
final class MirroredNetwork implements DeviceNetwork {
    private static final int MIRRORINGS = 8;

    private final DeviceNetwork network;
    private final WindowMethods methods;

    MirroredNetwork(DeviceNetwork network, WindowMethods methods) {
        this.network = network;
        this.methods = methods;
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public NDArray forward(NDArray images) {
        NDManager scope = images.getManager();
        Shape shape = images.getShape();
        NDArray mean = methods.zeros(
                scope, DataType.FLOAT32, shape.get(0), classes(), shape.get(2), shape.get(3), shape.get(4));
        for (int axes = 0; axes < MIRRORINGS; axes++) {
            try (NDManager one = scope.newSubManager()) {
                NDArray logits = network.forward(methods.mirror(one, images, axes));
                methods.addMirrored(one, mean, logits, axes);
            }
        }
        return methods.logarithms(scope, mean);
    }

    @Override
    public void reject() {
        network.reject();
    }
}
