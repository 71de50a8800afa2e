package io.deformux.network.library;

/** One kind of convolutions that PyTorch computes on a CPU, trusted or not as a whole. */
public enum ArithmeticKind {
    /** Forward in float, by oneDNN. */
    FP32_FORWARD("fp32", 1e-4),
    /** Forward in bfloat16, by oneDNN. */
    BF16_FORWARD("bf16", 0.02),
    /** The gradients of input and weights in float, by oneDNN. */
    FP32_GRADIENTS("fp32 gradients", 1e-4),
    /** Forward and gradients in float with oneDNN switched off: PyTorch's own loops. */
    FP32_WITHOUT_ONEDNN("fp32 without oneDNN", 1e-4);

    private final String label;
    private final double tolerance;

    ArithmeticKind(String label, double tolerance) {
        this.label = label;
        this.tolerance = tolerance;
    }

    /** What people are told. */
    public String label() {
        return label;
    }

    /** The largest relative error that is right. */
    public double tolerance() {
        return tolerance;
    }
}
