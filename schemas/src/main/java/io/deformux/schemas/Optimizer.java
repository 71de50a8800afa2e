package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The rule by which a training changes the weights. */
public enum Optimizer {
    /** Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101). */
    @JsonProperty("adamw")
    ADAMW
}
