package io.deformux.network;

import io.deformux.network.proof.Tolerance;
import io.deformux.network.torchscript.TorchScriptModule;

/** What a network that trains as its TorchScript says computes in. The values that are learned are floats in both. */
public enum TrainingArithmetic {
    /** Float. */
    FP32(Tolerance.FP32, TorchScriptModule.Products.AS_STORED),
    /** Products in bfloat16, all else in float. */
    MIXED_BF16(Tolerance.BF16, TorchScriptModule.Products.IN_BF16);

    private final Tolerance tolerance;
    private final TorchScriptModule.Products products;

    TrainingArithmetic(Tolerance tolerance, TorchScriptModule.Products products) {
        this.tolerance = tolerance;
        this.products = products;
    }

    /** How far a right layer may be off. */
    Tolerance tolerance() {
        return tolerance;
    }

    /** How the module computes products. */
    TorchScriptModule.Products products() {
        return products;
    }
}
