package io.deformux.storage.dicomweb;

import io.deformux.failure.JobException;
import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of archives, damaged in any way: multipart bodies with their content type, and DICOM JSON. */
@Tag("fuzz")
class DicomWebFuzzTest {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    static Stream<FuzzTarget> targets() {
        byte[] multipart = Archives.bytes(
                "multipart/related; type=\"application/dicom\"; boundary=b1\n"
                        + "preamble\r\n--b1\r\nContent-Type: application/dicom\r\n\r\none\r\n--b1\r\n\r\ntwo\r\n\r\n--b1--\r\n");
        byte[] stored = Archives.bytes(
                """
                {"00081190": {"vr": "UR", "Value": ["http://pacs/studies/1.2"]},
                 "00081199": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": ["1.2.3"]},
                  "00081196": {"vr": "US", "Value": [45056]}, "00081190": {"vr": "UR", "Value": ["http://pacs/i"]}}]}}""");
        byte[] failed = Archives.bytes(
                """
                [{"00081198": {"vr": "SQ", "Value": [{"00081155": {"vr": "UI", "Value": ["1.2.3"]},
                  "00081197": {"vr": "US", "Value": [273]}}]}}]""");
        List<byte[]> words = Stream.of("\r\n--b1", "--b1--", "\r\n\r\n", "boundary=", "\"")
                .map(Archives::bytes)
                .toList();
        return Stream.of(
                target("multipart", List.of(multipart), words, 1 << 18, DicomWebFuzzTest::readMultipart),
                target("dicom-json", List.of(stored, failed), JsonTokens.all(), 1 << 20, DicomWebFuzzTest::readAnswer));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAnAnswerOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(
            String name, List<byte[]> seeds, List<byte[]> tokens, long memory, FuzzTarget.Reading reading) {
        return new FuzzTarget(
                name,
                seeds,
                tokens,
                thrown -> thrown instanceof JobException
                        || thrown.getClass() == IOException.class
                        || thrown instanceof java.io.EOFException,
                new FuzzTarget.Memory(memory, 256),
                reading);
    }

    /** The first line is the content type. */
    private static void readMultipart(byte[] bytes) throws IOException {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int line = Math.max(0, all.indexOf('\n'));
        String boundary = MultipartType.boundary(all.substring(0, line));
        byte[] body = all.substring(line).getBytes(StandardCharsets.ISO_8859_1);
        MultipartReader reader = new MultipartReader(new ByteArrayInputStream(body), boundary);
        long parts = 0;
        for (Optional<InputStream> part = reader.next(); part.isPresent(); part = reader.next()) {
            parts += part.get().transferTo(OutputStream.nullOutputStream());
        }
        if (parts > body.length) {
            throw new IllegalStateException("more came out of a body than is in it");
        }
    }

    private static void readAnswer(byte[] json) {
        StowResponse answer = StowResponse.parse(json);
        for (int status : new int[] {OK, ACCEPTED}) {
            try {
                answer.check(status);
            } catch (JobException refusal) {
                if (refusal.getMessage().length() > 500) {
                    throw new IllegalStateException("a refusal that repeats the answer", refusal);
                }
            }
        }
    }
}
