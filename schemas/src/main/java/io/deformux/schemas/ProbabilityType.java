package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How probabilities are stored. NIfTI has no floating point numbers of 16 bits; 65535ths are finer than those. */
public enum ProbabilityType {
    /** 255ths in a byte. */
    @JsonProperty("uint8")
    UINT8,
    /** 65535ths in two. */
    @JsonProperty("uint16")
    UINT16
}
