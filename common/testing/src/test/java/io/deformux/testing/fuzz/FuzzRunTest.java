package io.deformux.testing.fuzz;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzRunTest {
    private static final byte[] SEED = "size: 12; text".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path found;

    @Test
    void whatIsNotDocumentedIsFoundAndMadeSmall() throws IOException {
        FuzzReport report = run(bytes -> {
            if (text(bytes).contains("-1")) {
                throw new NegativeArraySizeException();
            }
        });

        assertThat(report.findings()).singleElement().asString().contains("NegativeArraySizeException");
        assertThatArray(Files.readAllBytes(kept().get(0))).isEqualTo("-1".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void tooMuchMemoryIsFoundAndWhatIsDocumentedIsNot() {
        FuzzReport report = run(bytes -> {
            if (text(bytes).contains("65536")) {
                int length = new byte[1 << 22].length;
                assertThat(length).isPositive();
            }
            if (!text(bytes).startsWith("size")) {
                throw new InvalidObjectException("no size");
            }
        });

        assertThat(report.findings()).singleElement().asString().contains("allocates more than the bound");
        assertThat(report.largestBytes()).isGreaterThan(1 << 22);
        assertThat(report.read()).isBetween(1L, report.executions() - 1);
    }

    @Test
    void theSameSeedGivesTheSameInputs() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        run(bytes -> first.add(text(bytes)));
        run(bytes -> second.add(text(bytes)));

        assertThat(first).hasSizeGreaterThan(2000).isEqualTo(second);
    }

    @Test
    void aSeedThatIsRefusedIsAMistake() {
        FuzzTarget.Reading refusing = bytes -> {
            throw new InvalidObjectException("never");
        };

        assertThatThrownBy(() -> run(refusing)).hasStackTraceContaining("a seed of target is refused");
    }

    @Test
    void keptInputsAreReadFirst() {
        List<String> read = new ArrayList<>();

        new FuzzRun(target(bytes -> read.add(text(bytes))), 1, 1, Duration.ofMinutes(1), found)
                .run(List.of("kept".getBytes(StandardCharsets.US_ASCII)));

        assertThat(read).containsExactly(text(SEED), text(SEED), "kept");
    }

    private FuzzReport run(FuzzTarget.Reading reading) {
        return new FuzzRun(target(reading), 7, 3000, Duration.ofMinutes(1), found).run(List.of());
    }

    private static FuzzTarget target(FuzzTarget.Reading reading) {
        return new FuzzTarget(
                "target",
                List.of(SEED),
                List.of(),
                InvalidObjectException.class::isInstance,
                new FuzzTarget.Memory(1 << 20, 16),
                reading);
    }

    private List<Path> kept() throws IOException {
        try (var files = Files.list(found)) {
            return files.filter(file -> !file.toString().endsWith(".txt")).toList();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
