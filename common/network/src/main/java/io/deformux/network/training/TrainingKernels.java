package io.deformux.network.training;

/**
 * One set of kernels: plain loops or vector code. Stateless.
 *
 * @param name {@code plain}, or {@code vector} with the number of bits: for logs
 */
public record TrainingKernels(
        String name, CorrelationKernel correlation, MapKernel maps, VoxelKernel voxels, SamplingKernel sampling) {
    private static final String MODULE = "jdk.incubator.vector";

    /** Plain loops, on any JVM. */
    public static TrainingKernels plain() {
        return new TrainingKernels(
                "plain",
                new PlainCorrelationKernel(),
                new PlainMapKernel(),
                new PlainVoxelKernel(),
                new PlainSamplingKernel());
    }

    /** Vector kernels if the JVM was started with {@code --add-modules jdk.incubator.vector}, else the plain ones. */
    public static TrainingKernels best() {
        return ModuleLayer.boot().findModule(MODULE).isPresent() ? vector() : plain();
    }

    private static TrainingKernels vector() {
        return new TrainingKernels(
                "vector (" + VectorCorrelationKernel.bits() + " bits)",
                new VectorCorrelationKernel(),
                new VectorMapKernel(),
                new VectorVoxelKernel(),
                new VectorSamplingKernel());
    }
}
