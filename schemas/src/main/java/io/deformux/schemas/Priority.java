package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which scans go first. */
public enum Priority {
    /** Before all routine ones that have not begun, as of a stroke. */
    @JsonProperty("urgent")
    URGENT,
    /** In its turn. */
    @JsonProperty("routine")
    ROUTINE
}
