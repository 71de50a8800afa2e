package io.deformux.network.gpu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;

/**
 * Where the values of a tensor lie, on whichever device. DJL hands out the buffer of a tensor only after it has copied it to the
 * CPU, so the call below that is made here, which copies nothing. Stateless; any thread.
 */
final class TensorAddress {
    private TensorAddress() {}

    private static final class Call {
        private static final Object LIBRARY;
        private static final Method BUFFER;

        static {
            try {
                Class<?> library = Class.forName(JniUtils.class.getPackageName() + ".PyTorchLibrary");
                Field only = library.getDeclaredField("LIB");
                only.setAccessible(true);
                LIBRARY = only.get(null);
                BUFFER = library.getDeclaredMethod("torchDirectByteBuffer", long.class);
                BUFFER.setAccessible(true);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /**
     * The address of the first value; valid as long as the tensor.
     *
     * @param tensor in order, without gaps
     * @throws GpuException if this DJL does not tell
     */
    static Pointer of(PtNDArray tensor) {
        if (tensor.size() * tensor.getDataType().getNumOfBytes() > Integer.MAX_VALUE) {
            // Java's buffers end at 2 GiB; a view of the beginning lies at the same place.
            try (NDArray row = tensor.reshape(-1);
                    NDArray first = row.get(new NDIndex("0:1"))) {
                return of((PtNDArray) first);
            }
        }
        try {
            ByteBuffer buffer = (ByteBuffer) Call.BUFFER.invoke(Call.LIBRARY, tensor.getHandle());
            if (buffer == null) {
                throw new GpuException("a tensor of " + tensor.getShape() + " has no address");
            }
            return Native.getDirectBufferPointer(buffer);
        } catch (InvocationTargetException | IllegalAccessException | LinkageError e) {
            throw new GpuException("DJL does not tell where a tensor lies", e);
        }
    }
}
