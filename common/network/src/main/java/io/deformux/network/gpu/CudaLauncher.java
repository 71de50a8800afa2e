package io.deformux.network.gpu;

import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs the kernels on a GPU, compiled for each number of channels when it is first met. Owns what it has loaded; close it. */
final class CudaLauncher implements KernelLauncher {
    private final CudaDriver.Context context;
    private final RuntimeCompiler compiler;
    private final Gpu gpu;
    private final Map<String, Pointer> modules = new HashMap<>();
    private final Map<String, Pointer> functions = new HashMap<>();

    /**
     * For a GPU of this process.
     *
     * @param libtorch the folder of the PyTorch that works on it
     * @throws GpuException if driver or compiler are not there
     */
    CudaLauncher(int index, Path libtorch) {
        CudaDriver driver = CudaDriver.open();
        this.gpu = driver.gpu(index);
        this.context = driver.context(index);
        this.compiler = RuntimeCompiler.beside(libtorch);
    }

    @Override
    public void launch(int bits, int channels, String kernel, LaunchGrid grid, Object... arguments) {
        String maps = bits + "x" + channels;
        Pointer module = modules.computeIfAbsent(
                maps,
                key -> context.module(compiler.compile(KernelText.text(), gpu, KernelText.macros(bits, channels))));
        Pointer function = functions.computeIfAbsent(maps + kernel, key -> context.function(module, kernel));
        KernelArguments values = new KernelArguments(arguments);
        try {
            context.launch(function, grid, values.pointer());
        } finally {
            Reference.reachabilityFence(values);
        }
    }

    @Override
    public void close() {
        modules.values().forEach(context::unload);
        modules.clear();
        functions.clear();
    }
}
