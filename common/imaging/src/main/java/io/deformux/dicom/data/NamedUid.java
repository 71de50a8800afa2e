package io.deformux.dicom.data;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * UIDs that a name decides, so that the same object made twice has the same one: {@code 2.25.} and a UUID as a decimal
 * number (PS3.5 section B.2). The UUID is of version 8 (RFC 9562 section 5.8): the first 16 bytes of a SHA-256.
 */
public final class NamedUid {
    private NamedUid() {}

    /** The UID of that name; at most 44 characters. */
    public static String of(String name) {
        byte[] uuid = Arrays.copyOf(sha256("deformux/" + name), 16);
        uuid[6] = (byte) (uuid[6] & 0x0f | 0x80);
        uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
