package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How intensities become what the network sees. */
public enum IntensityMethod {
    /** A window in the unit of the scan: HU for CT. */
    @JsonProperty("window")
    WINDOW,
    /** A window between two percentiles of the scan's own voxels that are not zero. */
    @JsonProperty("percentiles")
    PERCENTILES,
    /** Mean 0 and standard deviation 1 over the scan's own voxels that are not zero. */
    @JsonProperty("z-score")
    Z_SCORE,
    /** Clipped to a window in the unit of the scan, then a mean and a standard deviation of the whole data set become 0 and 1. */
    @JsonProperty("clipped-score")
    CLIPPED_SCORE
}
