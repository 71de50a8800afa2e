package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** On which grid probabilities are stored. */
public enum ProbabilityGrid {
    /** The scan's own, on which the labels are. */
    @JsonProperty("scan")
    SCAN,
    /** The network's, at its spacing and cropped: what it has computed, without interpolation. */
    @JsonProperty("network")
    NETWORK
}
