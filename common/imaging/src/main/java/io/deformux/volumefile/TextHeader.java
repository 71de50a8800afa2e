package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of a header that is written as lines of text, each at most once. What is wrong with one is a {@link
 * JobException} {@link FailureCode#VOLUME_HEADER_INVALID}. Belongs to one thread while it is filled.
 */
public final class TextHeader {
    private static final int MOST_LINE_BYTES = 1 << 16;
    private static final int MOST_LINES = 1 << 12;

    private final String format;
    private final Map<String, String> fields = new TreeMap<>();

    /** No fields yet; {@code format} is what messages call the file. */
    public TextHeader(String format) {
        this.format = format;
    }

    /** The next line without its end; throws {@link EOFException} where there is none. */
    public static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c != '\n') {
            if (c < 0 || line.size() == MOST_LINE_BYTES) {
                throw new EOFException();
            }
            line.write(c);
            c = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Adds a field. */
    public void put(String name, String value) {
        if (fields.size() == MOST_LINES || fields.put(name, value.strip()) != null) {
            throw invalid("a field comes twice, or there are too many");
        }
    }

    /** The text of a field, if it is there. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The text of the first of these fields that is there. */
    public Optional<String> first(String... names) {
        for (String name : names) {
            if (fields.containsKey(name)) {
                return text(name);
            }
        }
        return Optional.empty();
    }

    /** The text of a field that has to be there. */
    public String required(String name) {
        return text(name).orElseThrow(() -> invalid(name + " is missing"));
    }

    /** Refuses a field that is there with another value than one of these, compared without case. */
    public void requireOneOf(String name, String... values) {
        text(name).ifPresent(found -> {
            for (String value : values) {
                if (found.equalsIgnoreCase(value)) {
                    return;
                }
            }
            throw invalid(name + " is not " + String.join(" or ", values));
        });
    }

    /** Exactly {@code count} finite numbers, parted by blanks, commas or brackets. */
    public double[] numbers(String name, String text, int count) {
        String[] parts = text.replaceAll("[(),]", " ").strip().split("\\s+");
        double[] numbers = new double[count];
        if (parts.length != count) {
            throw invalid(name + " has not exactly " + count + " numbers");
        }
        for (int n = 0; n < count; n++) {
            numbers[n] = number(name, parts[n]);
        }
        return numbers;
    }

    /** Exactly {@code count} numbers of voxels, each at least 1. */
    public long[] sizes(String name, int count) {
        double[] numbers = numbers(name, required(name), count);
        long[] sizes = new long[count];
        for (int n = 0; n < count; n++) {
            sizes[n] = (long) numbers[n];
            if (sizes[n] < 1 || sizes[n] != numbers[n]) {
                throw invalid(name + " is no number of voxels");
            }
        }
        return sizes;
    }

    /** A failure of this header. */
    public JobException invalid(String what) {
        return new JobException(
                FailureCode.VOLUME_HEADER_INVALID,
                "the " + format + " header cannot be used: " + what + "; write the scan as .nii.gz, or mend it");
    }

    private double number(String name, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw invalid(name + " has a value that is no finite number");
    }
}
