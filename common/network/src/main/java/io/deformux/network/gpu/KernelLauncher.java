package io.deformux.network.gpu;

/** Runs kernels of {@code kernels.cu}: on a GPU, or wherever else its text can be compiled. One thread. */
public interface KernelLauncher extends AutoCloseable {

    /**
     * Launches a kernel and may return before it has run.
     *
     * @param bits of a map's element, 16 or 32
     * @param channels of the map
     * @param kernel its name
     * @param arguments in order: addresses as {@link com.sun.jna.Pointer}, integers, longs and floats
     */
    void launch(int bits, int channels, String kernel, LaunchGrid grid, Object... arguments);

    @Override
    void close();
}
