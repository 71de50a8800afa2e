package io.deformux.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes damaged copies: single bytes, numbers of either byte order, digits, words, blocks, ends. For one thread. */
final class Mutator {
    private static final String[] DIGITS =
            "0 -1 1 2 255 65536 2147483647 2147483648 9223372036854775807 1e308 1e-308 1e999 -0 0.5 NaN Infinity 007 0x10"
                    .split(" ");

    private static final int MOST_CHANGES = 5;
    private static final int MOST_BLOCK = 64;

    private final List<byte[]> tokens;
    private final int mostBytes;

    /** @param mostBytes no copy is longer */
    Mutator(List<byte[]> tokens, int mostBytes) {
        this.tokens = tokens;
        this.mostBytes = mostBytes;
    }

    /** A damaged copy of the input; another input may lend a part. */
    byte[] mutate(byte[] input, byte[] other, SplittableRandom random) {
        byte[] bytes = input;
        for (int n = random.nextInt(1 + random.nextInt(MOST_CHANGES)); n >= 0; n--) {
            bytes = change(bytes.length == 0 ? new byte[1] : bytes, other, random);
        }
        return bytes.length > mostBytes ? Arrays.copyOf(bytes, mostBytes) : bytes;
    }

    private byte[] change(byte[] bytes, byte[] other, SplittableRandom random) {
        // Headers stand at the beginning, and most of the decisions are about them.
        int reach = random.nextInt(3) == 0 ? Math.min(bytes.length, 256) : bytes.length;
        int at = random.nextInt(reach);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(MOST_BLOCK));
        return switch (random.nextInt(12)) {
            case 0 -> with(bytes, at, (byte) random.nextInt(256));
            case 1 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2 -> with(bytes, at, (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1)));
            case 3, 4 -> number(bytes, at, random);
            case 5 -> digits(bytes, at, random);
            case 6 -> token(bytes, at, random);
            case 7 -> spliced(bytes, at, length, new byte[0]);
            case 8 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 9 -> over(bytes, at, Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length), length);
            case 10 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : spliced(bytes, at, length, zeros(random));
            default -> other.length == 0 ? bytes : lent(bytes, at, length, other, random);
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] number(byte[] bytes, int at, SplittableRandom random) {
        int width = 1 << random.nextInt(4);
        int aligned = random.nextBoolean() ? at / width * width : at;
        boolean big = random.nextBoolean();
        long value = turn(random);
        byte[] copy = bytes.clone();
        for (int n = 0; n < width && aligned + n < copy.length; n++) {
            copy[aligned + n] = (byte) (value >> 8 * (big ? width - 1 - n : n));
        }
        return copy;
    }

    /** Where counts and sizes turn over: a power of two, or a number beside one, of either sign. */
    private static long turn(SplittableRandom random) {
        long value = (1L << random.nextInt(Long.SIZE)) + random.nextInt(3) - 1;
        return random.nextInt(4) == 0 ? -value : value;
    }

    /** Another number in the place of the next one that is written in digits. */
    private static byte[] digits(byte[] bytes, int at, SplittableRandom random) {
        int from = at;
        while (from < bytes.length && !isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < bytes.length && isDigit(bytes[to])) {
            to++;
        }
        return spliced(
                bytes, from, to - from, DIGITS[random.nextInt(DIGITS.length)].getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private byte[] token(byte[] bytes, int at, SplittableRandom random) {
        if (tokens.isEmpty()) {
            return number(bytes, at, random);
        }
        byte[] token = tokens.get(random.nextInt(tokens.size()));
        return random.nextBoolean() ? spliced(bytes, at, 0, token) : over(bytes, at, token, token.length);
    }

    private static byte[] lent(byte[] bytes, int at, int length, byte[] other, SplittableRandom random) {
        int from = random.nextInt(other.length);
        byte[] part =
                Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(4 * MOST_BLOCK)));
        return random.nextBoolean() ? spliced(bytes, at, length, part) : over(bytes, at, part, part.length);
    }

    private static byte[] zeros(SplittableRandom random) {
        byte[] filled = new byte[1 + random.nextInt(MOST_BLOCK)];
        Arrays.fill(filled, (byte) (random.nextBoolean() ? 0 : 0xff));
        return filled;
    }

    private static byte[] over(byte[] bytes, int at, byte[] part, int most) {
        byte[] copy = bytes.clone();
        System.arraycopy(part, 0, copy, at, Math.min(Math.min(part.length, most), copy.length - at));
        return copy;
    }

    /** So many bytes replaced by a part. */
    private static byte[] spliced(byte[] bytes, int at, int length, byte[] part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length - length + part.length);
        out.write(bytes, 0, at);
        out.writeBytes(part);
        out.write(bytes, at + length, bytes.length - at - length);
        return out.toByteArray();
    }
}
