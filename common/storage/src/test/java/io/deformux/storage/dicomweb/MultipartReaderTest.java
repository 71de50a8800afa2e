package io.deformux.storage.dicomweb;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {

    @Test
    void partsAreWhatStandsBetweenTheDelimiters() throws IOException {
        assertThat(parts("--b\r\nContent-Type: x\r\n\r\none\r\n--b\r\n\r\ntwo\r\n\r\n--b--\r\n"))
                .containsExactly("one", "two\r\n");
    }

    @Test
    void preambleEpiloguePaddingAndEmptyPartsAreAllowed() throws IOException {
        assertThat(parts("preamble\r\n--b \t\r\nA: 1\r\nB: 2\r\n\r\n\r\n--b\r\n\r\n-\r\n--b--epilogue\r\n--b"))
                .containsExactly("", "-");
    }

    @Test
    void whatAlmostIsADelimiterIsContent() throws IOException {
        String content = "\r\n--\r\n-b--b\r\r\n\n--b\r\n--B";

        assertThat(parts("--b\r\n\r\n" + content + "\r\n--b--")).containsExactly(content);
    }

    @Test
    void aBodyWithoutPartsHasNone() throws IOException {
        assertThat(parts("--b--")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "--b", "--b\r\n", "--b\r\nA: 1\r\n", "--b\r\n\r\nhalf", "--b\r\n\r\nhalf\r\n--b"})
    void aBodyThatEndsEarlyIsSaidToDoSo(String body) {
        assertThatThrownBy(() -> parts(body)).isInstanceOf(EOFException.class);
    }

    @Test
    void headersAreBounded() {
        assertThatThrownBy(() -> parts("--b\r\nA: " + "x".repeat(1 << 20) + "\r\n\r\none\r\n--b--"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("headers");
    }

    @Test
    void whatWasNotReadOfAPartIsPassedOver() throws IOException {
        MultipartReader reader = reader("--b\r\n\r\n" + "x".repeat(200_000) + "\r\n--b\r\n\r\ntwo\r\n--b--", 0);
        InputStream first = reader.next().orElseThrow();
        assertThat(first.read()).isEqualTo('x');

        assertThatArray(reader.next().orElseThrow().readAllBytes()).isEqualTo("two".getBytes(ISO_8859_1));
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void howTheBytesComeMakesNoDifference() throws IOException {
        Random random = new Random(3);
        for (int n = 0; n < 300; n++) {
            List<String> contents = new ArrayList<>();
            StringBuilder body = new StringBuilder();
            for (int part = 0; part < 3; part++) {
                StringBuilder content = new StringBuilder();
                for (int length = random.nextInt(60); length > 0; length--) {
                    content.append("\r\n-b".charAt(random.nextInt(4)));
                }
                // Of these letters, only this would be a delimiter.
                String clean = content.toString().replace("\r\n--b", "");
                while (clean.contains("\r\n--b") || clean.startsWith("--b")) {
                    clean = clean.replace("\r\n--b", "").substring(clean.startsWith("--b") ? 3 : 0);
                }
                contents.add(clean);
                body.append("\r\n--b\r\nA: 1\r\n\r\n").append(clean);
            }
            body.append("\r\n--b--");

            assertThat(parts(body.toString(), 1 + random.nextInt(9))).isEqualTo(contents);
        }
    }

    private static List<String> parts(String body) throws IOException {
        return parts(body, 0);
    }

    private static List<String> parts(String body, int pieceBytes) throws IOException {
        MultipartReader reader = reader(body, pieceBytes);
        List<String> parts = new ArrayList<>();
        for (Optional<InputStream> part = reader.next(); part.isPresent(); part = reader.next()) {
            parts.add(new String(part.get().readAllBytes(), ISO_8859_1));
        }
        return parts;
    }

    /** Over a stream that gives so many bytes at once, or all for 0. */
    private static MultipartReader reader(String body, int pieceBytes) {
        return new MultipartReader(
                new ByteArrayInputStream(body.getBytes(ISO_8859_1)) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, pieceBytes == 0 ? length : Math.min(length, pieceBytes));
                    }
                },
                "b");
    }
}
