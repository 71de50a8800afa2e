package io.deformux.storage;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void digestsAreThoseOfTheStandard() {
        // FIPS 180-4 examples.
        assertThat(Digest.of("abc".getBytes(UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.of(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aCopyIsDigestedAsItStreamsBy() throws IOException {
        byte[] bytes = "x".repeat(200_000).getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        String digest = Digest.copy(new ByteArrayInputStream(bytes), out);

        assertThatArray(out.toByteArray()).isEqualTo(bytes);
        assertThat(digest).isEqualTo(Digest.of(bytes));
    }

    @Test
    void theDigestOfManyIsThatOfTheirSortedLines() {
        String one = Digest.of("one".getBytes(UTF_8));
        String two = Digest.of("two".getBytes(UTF_8));

        // printf '%s\n' $(printf one | sha256sum | cut -c1-64) $(printf two | sha256sum | cut -c1-64) | sort |
        // sha256sum
        String expected = "8367c97dc67a22797234f0ddf8ef870f9ce2a814c54b0146d56c6bea6d68dd2f";
        assertThat(Digest.ofAll(List.of(one, two))).isEqualTo(expected);
        assertThat(Digest.ofAll(List.of(two, one))).isEqualTo(expected);
        assertThat(Digest.ofAll(List.of(two, one, one))).isNotEqualTo(expected);
    }

    @Test
    void onlyLowerCaseHexOf32BytesIsADigest() {
        assertThat(Digest.isDigest("0123456789abcdef".repeat(4))).isTrue();
        assertThat(Digest.isDigest("0123456789ABCDEF".repeat(4))).isFalse();
        assertThat(Digest.isDigest("0123456789abcdef".repeat(4) + "\n")).isFalse();
        assertThat(Digest.isDigest("abc")).isFalse();
    }
}
