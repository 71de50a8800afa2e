package io.deformux.network.kernel;

/** Values of a map as floats, whatever they are stored as. Belongs to one thread. */
public sealed interface MapRows permits Fp32Rows, Bf16Rows {

    /** Reads {@code n} values from value {@code first} on into the start of {@code to}. */
    void read(int first, float[] to, int n);

    /** Likewise into {@code to} from {@code at} on. */
    void read(int first, float[] to, int at, int n);

    /** Writes the first {@code n} values of {@code from} from value {@code first} on. */
    void write(int first, float[] from, int n);

    /** Likewise those of {@code from} from {@code at} on. */
    void write(int first, float[] from, int at, int n);
}
