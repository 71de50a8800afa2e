package io.deformux.network.library;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * Switches of PyTorch for the whole process that DJL does not have: methods of {@code at::globalContext()}, called by their
 * exported names.
 */
public final class TorchContext {
    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String ONEDNN = "_ZN2at7Context20setUserEnabledMkldnnEb";
    private static final String TF32_CUDNN = "_ZN2at7Context17setAllowTF32CuDNNEb";
    private static final String TF32_CUBLAS = "_ZN2at7Context18setAllowTF32CuBLASEb";

    private final NativeLibrary torch;

    private TorchContext(Path library) {
        this.torch = NativeLibrary.getInstance(library.toString());
    }

    /**
     * Of the libtorch on which DJL has started.
     *
     * @throws UnsatisfiedLinkError if JNA cannot open it
     */
    public static TorchContext ofThisJvm() {
        return new TorchContext(Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu")));
    }

    /**
     * Switches oneDNN off, by which PyTorch convolves on a CPU. Its own loops are slower, with a buffer of kernel volume x
     * channels x voxels.
     *
     * @throws UnsatisfiedLinkError if this libtorch has no such switch
     */
    public void oneDnnOff() {
        set(ONEDNN, false);
    }

    /**
     * Whether CUDA may round the factors of products of floats to TF32, whose 10 bits are off by 1e-3. As it comes, cuDNN does
     * so in convolutions. Calls that run are not changed.
     *
     * @throws UnsatisfiedLinkError if this libtorch has no such switch
     */
    public void tf32(boolean allowed) {
        set(TF32_CUDNN, allowed);
        set(TF32_CUBLAS, allowed);
    }

    private void set(String setter, boolean on) {
        Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
        // A C++ bool travels as an int would.
        torch.getFunction(setter).invokeVoid(new Object[] {context, on ? 1 : 0});
    }
}
