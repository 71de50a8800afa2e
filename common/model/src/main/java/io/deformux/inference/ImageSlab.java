package io.deformux.inference;

import io.deformux.network.device.WindowsOnDevice;
import io.deformux.volume.Shape3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Brings the planes under a row of windows to the device, through one buffer that is filled again. One thread. */
final class ImageSlab {
    private final ImageContent content;
    private final WindowsOnDevice device;
    private final FloatBuffer buffer;

    ImageSlab(ImageContent content, WindowsOnDevice device) {
        this.content = content;
        this.device = device;
        Shape3 shape = content.shape();
        int planes = Math.min(shape.d(), content.roi().d());
        this.buffer = ByteBuffer.allocateDirect(
                        Math.multiplyExact(planes, Math.multiplyExact(Float.BYTES, shape.h() * shape.w())))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The planes under the windows that begin at plane {@code i}, which may lie before the image. */
    void load(int i) {
        Shape3 shape = content.shape();
        int first = Math.max(i, 0);
        int last = Math.min(i + content.roi().d(), shape.d());
        buffer.clear()
                .put(content.image(), shape.index(first, 0, 0), (last - first) * shape.h() * shape.w())
                .flip();
        device.slab(buffer, first);
    }
}
