package io.deformux.network.gpu;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import com.sun.jna.Pointer;
import java.util.Optional;

/** The kernels of {@code kernels.cu}. Owns the launcher and uses the layers; close it. One thread. */
public final class LaunchedKernels implements MapKernels {
    private static final int BYTES = 16;
    private static final int WARP = 32;
    private static final int THREADS = 256;
    /** Enough for every multiprocessor of today's largest GPUs to have two. */
    private static final int MOST_BLOCKS = 264;

    private static final float EPSILON = 1e-5f;
    private static final float SLOPE = 0.01f;

    private final KernelLauncher launcher;
    private final DeviceLayers layers;

    /**
     * Kernels that a launcher runs.
     *
     * @param layers give memory
     */
    public LaunchedKernels(KernelLauncher launcher, DeviceLayers layers) {
        this.launcher = launcher;
        this.layers = layers;
    }

    /** Of one GPU, compiled by the compiler beside PyTorch; throws {@link GpuException} without driver or compiler. */
    public static LaunchedKernels on(int index, DeviceLayers layers) {
        return new LaunchedKernels(new CudaLauncher(index, layers.libtorch()), layers);
    }

    /** Channels that fill 16 bytes in maps of so many bytes a value: kernels take multiples of that. */
    public static int width(int bytes) {
        return BYTES / bytes;
    }

    private static int lanes(DeviceMap map) {
        return map.c() / width(map.precision().bytes());
    }

    @Override
    public void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y) {
        launch(
                x,
                "deform",
                LaunchGrid.of((long) x.n() * x.voxels() * lanes(x)),
                address(x),
                address(offset),
                TensorAddress.of(weight),
                TensorAddress.of(bias),
                address(y),
                x.n(),
                x.d(),
                x.h(),
                x.w());
    }

    @Override
    public void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope) {
        try (NDManager meanwhile = scope.newSubManager()) {
            Pointer mine = affine(y, meanwhile);
            Pointer theirs = normed ? affine(other.orElseThrow(), meanwhile) : Pointer.NULL;
            launch(
                    y,
                    "activate",
                    LaunchGrid.of((long) y.n() * y.voxels() * lanes(y)),
                    address(y),
                    mine,
                    other.map(LaunchedKernels::address).orElse(Pointer.NULL),
                    theirs,
                    address(y),
                    y.n(),
                    y.voxels(),
                    SLOPE);
        }
    }

    /** The norm of a map as factors and summands, (n, 2, c). */
    private Pointer affine(DeviceMap x, NDManager scope) {
        int rows = Math.max(1, THREADS / lanes(x));
        int blocks = Math.min(MOST_BLOCKS, (x.voxels() + 4 * rows - 1) / (4 * rows));
        Pointer parts = TensorAddress.of(layers.floats(x, x.n() * blocks * 2 * x.c(), scope));
        Pointer affine = TensorAddress.of(layers.floats(x, x.n() * 2 * x.c(), scope));
        LaunchGrid each = new LaunchGrid(blocks, x.n(), lanes(x) * rows);
        launch(x, "moments", each, address(x), parts, x.voxels());
        int threads = Math.min(THREADS, x.c());
        LaunchGrid channels = new LaunchGrid((x.c() + threads - 1) / threads, x.n(), threads);
        launch(x, "affine", channels, address(x), parts, affine, x.voxels(), blocks, EPSILON);
        return affine;
    }

    @Override
    public void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table) {
        long voxels = (long) y.n() * y.voxels();
        launch(
                y,
                "block_end",
                LaunchGrid.of(voxels * WARP),
                address(y),
                address(x),
                TensorAddress.of(table),
                address(y),
                voxels);
    }

    private void launch(DeviceMap map, String kernel, LaunchGrid grid, Object... arguments) {
        launcher.launch(Byte.SIZE * map.precision().bytes(), map.c(), kernel, grid, arguments);
    }

    private static Pointer address(DeviceMap map) {
        return TensorAddress.of(map.array());
    }

    @Override
    public void close() {
        launcher.close();
    }
}
