package io.deformux.network.kernel;

/** One set of kernels: plain loops or vector code. Stateless. */
public final class Kernels {
    private static final String MODULE = "jdk.incubator.vector";

    private final String name;
    private final RowKernels rows;
    private final DeformableKernel deformable;

    private Kernels(String name, RowKernels rows, DeformableKernel deformable) {
        this.name = name;
        this.rows = rows;
        this.deformable = deformable;
    }

    /** Plain loops, on any JVM. */
    public static Kernels plain() {
        return new Kernels("plain", new PlainRowKernels(), new PlainDeformableKernel());
    }

    /** Vector kernels if the JVM was started with {@code --add-modules jdk.incubator.vector}, else the plain ones. */
    public static Kernels best() {
        return ModuleLayer.boot().findModule(MODULE).isPresent() ? vector() : plain();
    }

    private static Kernels vector() {
        return new Kernels(
                "vector (" + VectorRowKernels.bits() + " bits)", new VectorRowKernels(), new VectorDeformableKernel());
    }

    /** {@code plain}, or {@code vector} with the number of bits: for logs. */
    public String name() {
        return name;
    }

    RowKernels rows() {
        return rows;
    }

    DeformableKernel deformable() {
        return deformable;
    }
}
