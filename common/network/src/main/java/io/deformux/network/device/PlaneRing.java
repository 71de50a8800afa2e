package io.deformux.network.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Where windows are added up: plane p of an image at place p % planes. Lives in the scope of its image.
 *
 * @param sums (planes, members * classes, h, w), in float or half precision
 * @param covers what a voxel's windows count together, (planes, 1, h, w)
 * @param finite of each member 1 while all its logits are numbers
 */
record PlaneRing(NDArray sums, NDArray covers, NDArray finite) {

    static PlaneRing of(
            WindowMethods methods, NDManager scope, int planes, int members, int classes, int h, int w, boolean half) {
        return new PlaneRing(
                methods.zeros(
                        scope, half ? DataType.FLOAT16 : DataType.FLOAT32, planes, (long) members * classes, h, w),
                methods.zeros(scope, DataType.FLOAT32, planes, 1, h, w),
                methods.zeros(scope, DataType.FLOAT32, members).addi(1));
    }

    int planes() {
        return Math.toIntExact(sums.getShape().get(0));
    }

    long h() {
        return sums.getShape().get(2);
    }

    long w() {
        return sums.getShape().get(3);
    }
}
