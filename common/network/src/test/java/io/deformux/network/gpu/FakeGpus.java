package io.deformux.network.gpu;

import java.util.List;
import java.util.stream.IntStream;

/** GPUs as a test wants them. */
public final class FakeGpus implements Gpus {
    private static final long MEMORY = 80L << 30;

    private final List<Gpu> all;
    private boolean lost;

    /** So many of one compute capability. */
    public FakeGpus(int count, int major) {
        this.all = IntStream.range(0, count)
                .mapToObj(n -> new Gpu(n, "NVIDIA Test", major, 0, MEMORY))
                .toList();
    }

    /** They answer no more. */
    public void lose() {
        lost = true;
    }

    @Override
    public List<Gpu> all() {
        return all;
    }

    @Override
    public long free(int index) {
        if (lost || index >= all.size()) {
            throw GpuException.of("cuMemGetInfo_v2", 700);
        }
        return MEMORY / 2;
    }
}
