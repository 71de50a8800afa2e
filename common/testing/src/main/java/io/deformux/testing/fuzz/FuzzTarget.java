package io.deformux.testing.fuzz;

import java.util.List;
import java.util.function.Predicate;

/**
 * What is fuzzed.
 *
 * @param name of the target, which names its folder of kept inputs ({@code src/test/resources/fuzz/NAME})
 * @param seeds inputs that are read without complaint, from which the damaged ones are made
 * @param tokens words of the format, to be put in anywhere
 * @param documented whether something thrown is a refusal that the reader documents
 * @param memory what one reading may allocate
 * @param reading the reader
 */
public record FuzzTarget(
        String name,
        List<byte[]> seeds,
        List<byte[]> tokens,
        Predicate<Throwable> documented,
        Memory memory,
        Reading reading) {
    /** Reads one input. */
    public interface Reading {
        /** Reads it to the end, or throws. */
        void read(byte[] input) throws Exception;
    }

    /**
     * A bound on the bytes that one reading may allocate, all objects that it makes added up.
     *
     * @param base whatever the input
     * @param perByte more for each byte of the input
     */
    public record Memory(long base, long perByte) {
        long most(int inputBytes) {
            return base + perByte * inputBytes;
        }
    }

    /** Keeps copies of the lists. */
    public FuzzTarget {
        seeds = List.copyOf(seeds);
        tokens = List.copyOf(tokens);
    }

    /** The name, for the list of tests. */
    @Override
    public String toString() {
        return name;
    }
}
