package io.deformux.network.gpu;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** Calls of NVIDIA's driver (the CUDA Driver API), by their exported names. Stateless; any thread. */
final class CudaDriver {
    private static final String LIBRARY = "libcuda.so.1";
    private static final int NAME = 256;
    private static final int MAJOR = 75;
    private static final int MINOR = 76;
    /** The waiting thread sleeps, and nobody asks for times. */
    private static final int EVENT_FLAGS = 1 | 2;

    private final NativeLibrary library;

    private CudaDriver(NativeLibrary library) {
        this.library = library;
    }

    /** The machine's driver, ready; throws {@link GpuException} without one. */
    static CudaDriver open() {
        try {
            CudaDriver driver = new CudaDriver(NativeLibrary.getInstance(LIBRARY));
            driver.call("cuInit", 0);
            return driver;
        } catch (UnsatisfiedLinkError e) {
            throw new GpuException("there is no NVIDIA driver (" + LIBRARY + ") on this machine", e);
        }
    }

    /** Calls a function that answers with a status. */
    void call(String function, Object... arguments) {
        try {
            int status = library.getFunction(function).invokeInt(arguments);
            if (status != 0) {
                throw new GpuException(function + " gave status " + status);
            }
        } catch (UnsatisfiedLinkError e) {
            throw new GpuException("the driver has no " + function, e);
        }
    }

    /** GPUs that this process may use. */
    int count() {
        IntByReference count = new IntByReference();
        call("cuDeviceGetCount", count);
        return count.getValue();
    }

    Gpu gpu(int index) {
        int device = device(index);
        Memory name = new Memory(NAME);
        call("cuDeviceGetName", name, NAME, device);
        LongByReference memory = new LongByReference();
        call("cuDeviceTotalMem_v2", memory, device);
        return new Gpu(index, name.getString(0), attribute(MAJOR, device), attribute(MINOR, device), memory.getValue());
    }

    private int device(int index) {
        IntByReference device = new IntByReference();
        call("cuDeviceGet", device, index);
        return device.getValue();
    }

    private int attribute(int which, int device) {
        IntByReference value = new IntByReference();
        call("cuDeviceGetAttribute", value, which, device);
        return value.getValue();
    }

    /** The context of a GPU that everyone in this process shares, PyTorch too; it is never let go. */
    Context context(int index) {
        PointerByReference context = new PointerByReference();
        call("cuDevicePrimaryCtxRetain", context, device(index));
        return new Context(context.getValue());
    }

    /** What happens on one GPU. */
    final class Context {
        private final Pointer handle;

        private Context(Pointer handle) {
            this.handle = handle;
        }

        /** Makes it the calling thread's. */
        void enter() {
            call("cuCtxSetCurrent", handle);
        }

        /** Bytes that nobody has taken. */
        long free() {
            enter();
            LongByReference free = new LongByReference();
            LongByReference total = new LongByReference();
            call("cuMemGetInfo_v2", free, total);
            return free.getValue();
        }

        /** Loads what a compiler has made. */
        Pointer module(byte[] code) {
            enter();
            Memory image = new Memory(code.length + 1L);
            image.write(0, code, 0, code.length);
            image.setByte(code.length, (byte) 0);
            PointerByReference module = new PointerByReference();
            call("cuModuleLoadData", module, image);
            return module.getValue();
        }

        /** A kernel of a module. */
        Pointer function(Pointer module, String name) {
            PointerByReference function = new PointerByReference();
            call("cuModuleGetFunction", function, module, name);
            return function.getValue();
        }

        /** Launches behind what PyTorch has launched: DJL works on the default stream. Waits for nothing. */
        void launch(Pointer function, LaunchGrid grid, Pointer arguments) {
            enter();
            call(
                    "cuLaunchKernel",
                    function,
                    grid.blocks(),
                    grid.rows(),
                    1,
                    grid.threads(),
                    1,
                    1,
                    0,
                    Pointer.NULL,
                    arguments,
                    Pointer.NULL);
        }

        /** An event behind what was launched on the default stream. */
        Pointer event() {
            enter();
            PointerByReference event = new PointerByReference();
            call("cuEventCreate", event, EVENT_FLAGS);
            call("cuEventRecord", event.getValue(), Pointer.NULL);
            return event.getValue();
        }

        /** Waits for an event. */
        void await(Pointer event) {
            enter();
            call("cuEventSynchronize", event);
        }

        /** Lets go of an event, passed or not. */
        void drop(Pointer event) {
            enter();
            call("cuEventDestroy_v2", event);
        }

        void unload(Pointer module) {
            enter();
            call("cuModuleUnload", module);
        }
    }
}
