package io.deformux.worker.train.curves;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.worker.train.job.TrainingProgress;
import io.deformux.worker.train.job.ValidationScore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files as TensorBoard does: records, checksums, messages field by field. */
class CurvesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void everyPointIsThereOnce() throws IOException {
        try (Curves curves = new Curves(folder, List.of("background", "bone"), CLOCK)) {
            curves.stepped(step(1, 0.9));
            curves.stepped(step(2, 0.8));
            curves.validated(new ValidationScore(2, 0.5, List.of(0.25, 0.75)));
        }
        assertThat(read(files().get(0)))
                .containsExactly(
                        "step 1 version brain.Event:2",
                        "step 1 session 1",
                        "step 1 train/loss=0.9 train/learning_rate=0.001",
                        "step 2 train/loss=0.8 train/learning_rate=0.001",
                        "step 2 validation/dice/background=0.25 validation/dice/bone=0.75 validation/dice/mean=0.5");
    }

    @Test
    void aResumedFoldBeginsANewFileThatReplacesFromItsStepOn() throws IOException {
        try (Curves curves = new Curves(folder, List.of("background"), CLOCK)) {
            curves.stepped(step(1, 0.9));
            curves.stepped(step(2, 0.8));
        }
        try (Curves curves = new Curves(folder, List.of("background"), CLOCK)) {
            curves.stepped(step(2, 0.7));
        }
        assertThat(files()).hasSize(2);
        assertThat(read(files().get(1)))
                .containsExactly(
                        "step 2 version brain.Event:2",
                        "step 2 session 1",
                        "step 2 train/loss=0.7 train/learning_rate=0.001");
    }

    @Test
    void aFoldThatGoesBackToItsCheckpointDoesSoInANewFile() throws IOException {
        try (Curves curves = new Curves(folder, List.of("background"), CLOCK)) {
            curves.stepped(step(1, 0.9));
            curves.validated(new ValidationScore(1, 0.5, List.of(0.5)));
            curves.stepped(step(2, 9e9));
            curves.stepped(step(2, 0.8));
            curves.stepped(step(3, 0.7));
        }
        assertThat(files()).hasSize(2);
        assertThat(read(files().get(0))).hasSize(5);
        assertThat(read(files().get(1)))
                .containsExactly(
                        "step 2 version brain.Event:2",
                        "step 2 session 1",
                        "step 2 train/loss=0.8 train/learning_rate=0.001",
                        "step 3 train/loss=0.7 train/learning_rate=0.001");
    }

    @Test
    void aLabelThatNoCaseHasIsLeftOut() throws IOException {
        try (Curves curves = new Curves(folder, List.of("background", "bone"), CLOCK)) {
            curves.validated(new ValidationScore(7, 0.5, List.of(0.5, Double.NaN)));
        }
        assertThat(read(files().get(0)))
                .last()
                .isEqualTo("step 7 validation/dice/background=0.5 validation/dice/mean=0.5");
    }

    /** RFC 3720, B.4: the CRC-32C of 32 zeros is 8a9136aa; masked as TFRecord does. */
    @Test
    void theChecksumIsThatOfTfRecords() {
        int crc = 0x8a9136aa;
        assertThat(EventFile.maskedChecksum(new byte[32])).isEqualTo(((crc >>> 15) | (crc << 17)) + 0xa282ead8);
    }

    private static TrainingProgress step(int iteration, double loss) {
        return new TrainingProgress(0, iteration, 10, loss, 0.001, Optional.empty(), 1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<String> read(Path file) throws IOException {
        assertThat(file.getFileName().toString()).contains("tfevents");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedChecksum(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(EventFile.maskedChecksum(data));
            events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return events;
    }

    private static String event(ByteBuffer event) {
        StringBuilder text = new StringBuilder();
        while (event.hasRemaining()) {
            switch ((int) varint(event)) {
                case 1 << 3 | 1 -> assertThat(event.getDouble()).isEqualTo(1_700_000_000.0);
                case 2 << 3 -> text.append("step ").append(varint(event));
                case 3 << 3 | 2 -> text.append(" version ").append(text(event));
                case 5 << 3 | 2 -> text.append(summary(part(event)));
                case 7 << 3 | 2 -> {
                    ByteBuffer session = part(event);
                    assertThat(varint(session)).isEqualTo(1 << 3);
                    text.append(" session ").append(varint(session));
                }
                default -> throw new AssertionError("an unknown field");
            }
        }
        return text.toString();
    }

    private static String summary(ByteBuffer summary) {
        StringBuilder text = new StringBuilder();
        while (summary.hasRemaining()) {
            assertThat(varint(summary)).isEqualTo(1 << 3 | 2);
            ByteBuffer value = part(summary);
            assertThat(varint(value)).isEqualTo(1 << 3 | 2);
            text.append(' ').append(text(value));
            assertThat(varint(value)).isEqualTo(2 << 3 | 5);
            text.append('=').append(value.getFloat());
        }
        return text.toString();
    }

    private static ByteBuffer part(ByteBuffer bytes) {
        int length = (int) varint(bytes);
        ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return part;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(part(bytes)).toString();
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
