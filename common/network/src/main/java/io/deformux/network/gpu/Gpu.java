package io.deformux.network.gpu;

/**
 * A GPU, or an instance of one that is divided, as the driver shows it to this process.
 *
 * @param index its number in this process, as in {@code cuda:0}
 * @param name as NVIDIA calls it
 * @param major the compute capability before the dot
 * @param minor and behind it
 * @param memory bytes that it has
 */
public record Gpu(int index, String name, int major, int minor, long memory) {
    /** The first with bfloat16, Ampere. */
    private static final int BF16 = 8;

    /** Whether it multiplies bfloat16 itself. */
    public boolean fastBf16() {
        return major >= BF16;
    }
}
