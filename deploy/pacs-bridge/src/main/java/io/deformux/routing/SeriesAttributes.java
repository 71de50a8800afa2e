package io.deformux.routing;

import java.util.List;

/** What is known of a series by its attributes: of one of its instances, or of what all share. */
public interface SeriesAttributes {
    /** Longer attributes, all values together in UTF-8, have none for the rules: Orthanc does not tell of them. */
    int MOST_BYTES = 256;

    /**
     * The values of an attribute as text without padding, numbers in decimal; none where it is absent, empty, or holds
     * neither.
     */
    List<String> values(AttributePath path);

    /** Whether an attribute is there and not empty: with a value of any kind and length, or with items if it is a sequence. */
    boolean has(AttributePath path);

    /** The first value of an attribute by its keyword; empty if there is none. */
    default String first(String keyword) {
        return values(AttributePath.parse(keyword)).stream().findFirst().orElse("");
    }
}
