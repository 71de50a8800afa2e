package io.deformux.standalone.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One measured number.
 *
 * @param part which measurement it belongs to
 * @param name what it says
 * @param value the number
 * @param unit {@code x} for a ratio, {@code ms}, {@code s}, {@code MB}, {@code GMAC} or {@code %}
 */
public record Figure(String part, String name, double value, String unit) {
    /** Whether it compares two measurements of one run. */
    @JsonIgnore
    public boolean isRatio() {
        return unit.equals("x");
    }
}
