package io.deformux.network.library;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * The library of Intel by which PyTorch convolves on a CPU, as a switch of the running process. DJL has none, so this calls
 * {@code at::globalContext().setUserEnabledMkldnn(bool)} by its exported name.
 *
 * <p>Off, PyTorch convolves with its own loops: slower, and with a buffer of kernel volume x channels x voxels.
 */
public final class OneDnn {
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String SWITCH = "_ZN2at7Context20setUserEnabledMkldnnEb";

    private final NativeLibrary torch;

    private OneDnn(Path library) {
        this.torch = NativeLibrary.getInstance(library.toString());
    }

    /**
     * In the libtorch on which DJL has started.
     *
     * @throws UnsatisfiedLinkError if JNA cannot open it
     */
    public static OneDnn ofThisJvm() {
        return new OneDnn(Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu")));
    }

    /**
     * Switches it off for every thread, for good.
     *
     * @throws UnsatisfiedLinkError if this libtorch has no such switch
     */
    public void switchOff() {
        Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
        Function enable = torch.getFunction(SWITCH);
        // A C++ bool travels as an int would.
        enable.invokeVoid(new Object[] {context, 0});
    }
}
