package io.deformux.network.checkpoint;

/**
 * The safetensors format: the length of the header as 64 bits, little endian; the header, a JSON object from names to
 * {@code dtype}, {@code shape} and {@code data_offsets}; the values, without gaps (format description of the
 * safetensors project).
 */
final class Safetensors {
    /** The length of the header and its first character, which tell the format. */
    static final int START_BYTES = Long.BYTES + 1;

    static final String METADATA = "__metadata__";
    static final String TYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    private Safetensors() {}
}
