package io.deformux.routing;

import java.util.List;

/** What is known of a series by its attributes: of one of its instances, or of what all share. */
public interface SeriesAttributes {
    /** How much of a value rules look at. */
    int MOST_CHARACTERS = 4096;

    /**
     * The values of an attribute as text without padding, numbers in decimal; none where it is absent, empty, or holds
     * neither.
     */
    List<String> values(AttributePath path);

    /** The first value of an attribute by its keyword; empty if there is none. */
    default String first(String keyword) {
        return values(AttributePath.parse(keyword)).stream().findFirst().orElse("");
    }
}
