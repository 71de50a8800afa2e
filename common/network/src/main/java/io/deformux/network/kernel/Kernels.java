package io.deformux.network.kernel;

/** One set of kernels: plain loops or vector code. Stateless. */
public final class Kernels {
    private static final String MODULE = "jdk.incubator.vector";

    private final String name;
    private final boolean vectorised;
    private final RowKernels rows;
    private final DeformableKernel deformable;
    private final ConvolutionKernel convolution;
    private final DepthwiseKernel depthwise;

    private Kernels(
            String name,
            boolean vectorised,
            RowKernels rows,
            DeformableKernel deformable,
            ConvolutionKernel convolution,
            DepthwiseKernel depthwise) {
        this.name = name;
        this.vectorised = vectorised;
        this.rows = rows;
        this.deformable = deformable;
        this.convolution = convolution;
        this.depthwise = depthwise;
    }

    /** Plain loops, on any JVM. */
    public static Kernels plain() {
        return new Kernels(
                "plain",
                false,
                new PlainRowKernels(),
                new PlainDeformableKernel(),
                new PlainConvolutionKernel(),
                new PlainDepthwiseKernel());
    }

    /** Vector kernels if the JVM was started with {@code --add-modules jdk.incubator.vector}, else the plain ones. */
    public static Kernels best() {
        return ModuleLayer.boot().findModule(MODULE).isPresent() ? vector() : plain();
    }

    private static Kernels vector() {
        return new Kernels(
                "vector (" + VectorRowKernels.bits() + " bits)",
                true,
                new VectorRowKernels(),
                new VectorDeformableKernel(),
                new VectorConvolutionKernel(),
                new VectorDepthwiseKernel());
    }

    /** Whether they are vector code. */
    public boolean vectorised() {
        return vectorised;
    }

    /** {@code plain}, or {@code vector} with the number of bits: for logs. */
    public String name() {
        return name;
    }

    public RowKernels rows() {
        return rows;
    }

    DeformableKernel deformable() {
        return deformable;
    }

    ConvolutionKernel convolution() {
        return convolution;
    }

    DepthwiseKernel depthwise() {
        return depthwise;
    }
}
