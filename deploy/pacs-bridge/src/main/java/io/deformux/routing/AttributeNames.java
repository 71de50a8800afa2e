package io.deformux.routing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keywords of attributes (PS3.6 chapter 6) that rules may name them by. Immutable. */
public final class AttributeNames {
    private static final int DIGITS = 8;
    private static final int HEX = 16;

    private final Map<String, Integer> numbers;
    private final Map<Integer, String> keywords = new HashMap<>();

    private AttributeNames(Map<String, Integer> numbers) {
        this.numbers = numbers;
        numbers.forEach((keyword, number) -> keywords.put(number, keyword));
    }

    /** Read when it is first asked for. */
    private static final class Holder {
        private static final AttributeNames STANDARD = read();

        private static AttributeNames read() {
            Map<String, Integer> numbers = new HashMap<>();
            try (InputStream in = AttributeNames.class.getResourceAsStream("attributes.txt");
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                lines.lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> numbers.put(
                                line.substring(DIGITS + 1), Integer.parseUnsignedInt(line.substring(0, DIGITS), HEX)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new AttributeNames(Collections.unmodifiableMap(numbers));
        }
    }

    /** Those of images, studies, patients and equipment that are not retired. */
    public static AttributeNames standard() {
        return Holder.STANDARD;
    }

    /** The number of the attribute with this keyword. */
    public Optional<Integer> number(String keyword) {
        return Optional.ofNullable(numbers.get(keyword));
    }

    /** The keyword of the attribute with this number. */
    public Optional<String> keyword(int number) {
        return Optional.ofNullable(keywords.get(number));
    }

    /** All of them, by keyword. */
    Map<String, Integer> numbers() {
        return numbers;
    }
}
