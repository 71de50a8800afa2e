package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
    private static final ArithmeticKind KIND = ArithmeticKind.BF16_FORWARD;
    private static final Verdict PASSED = new Verdict(true, OptionalDouble.of(0.25), "all right", true);
    private static final Verdict FAILED = Verdict.failed("died");

    @TempDir
    private Path cache;

    @Test
    void verdictsAreRememberedByKind() {
        verdicts("machine", "library").remember(KIND, PASSED);
        verdicts("machine", "library").remember(ArithmeticKind.FP32_FORWARD, FAILED);
        assertThat(verdicts("machine", "library").find(KIND)).contains(PASSED);
        assertThat(verdicts("machine", "library").find(ArithmeticKind.FP32_FORWARD))
                .contains(FAILED);
        assertThat(verdicts("machine", "library").find(ArithmeticKind.FP32_GRADIENTS))
                .isEmpty();
    }

    @Test
    void anotherMachineOrLibraryHasItsOwn() {
        verdicts("machine", "library").remember(KIND, PASSED);
        assertThat(verdicts("other", "library").find(KIND)).isEmpty();
        assertThat(verdicts("machine", "other").find(KIND)).isEmpty();
    }

    @Test
    void aFileFromAnotherMachineCountsForNothing() throws IOException {
        verdicts("machine", "library").remember(KIND, PASSED);
        Path mine = files().get(0);
        String text = Files.readString(mine).replace("\"machine\" : \"machine\"", "\"machine\" : \"other\"");
        assertThat(text).contains("\"other\"");
        Files.writeString(mine, text);
        assertThat(verdicts("machine", "library").find(KIND)).isEmpty();
    }

    @Test
    void aFileOfAnotherFormatCountsForNothing() throws IOException {
        verdicts("machine", "library").remember(KIND, PASSED);
        Path mine = files().get(0);
        Files.writeString(mine, Files.readString(mine).replaceFirst("\"format\" : \\d+", "\"format\" : 99"));
        assertThat(verdicts("machine", "library").find(KIND)).isEmpty();
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        verdicts("machine", "library").remember(KIND, PASSED);
        Path mine = files().get(0);
        String whole = Files.readString(mine);
        for (int length = 0; length < whole.length() - 1; length += 7) {
            Files.writeString(mine, whole.substring(0, length));
            assertThat(verdicts("machine", "library").find(KIND)).isEmpty();
        }
        verdicts("machine", "library").remember(KIND, FAILED);
        assertThat(verdicts("machine", "library").find(KIND)).contains(FAILED);
    }

    @Test
    void aVerdictWithAWrongFieldCountsForNothing() throws IOException {
        verdicts("machine", "library").remember(KIND, PASSED);
        Path mine = files().get(0);
        String whole = Files.readString(mine);
        for (String[] change : new String[][] {{": true", ": 1"}, {"0.25", "\"NaN\""}, {"\"all right\"", "null"}}) {
            assertThat(whole).contains(change[0]);
            Files.writeString(mine, whole.replace(change[0], change[1]));
            assertThat(verdicts("machine", "library").find(KIND)).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsDoneWithout() throws IOException {
        Files.writeString(cache.resolve("verdicts"), "a file where the folder should be");
        verdicts("machine", "library").remember(KIND, PASSED);
        assertThat(verdicts("machine", "library").find(KIND)).isEmpty();
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        verdicts("machine", "library").remember(KIND, PASSED);
        verdicts("machine", "library").remember(KIND, FAILED);
        assertThat(files()).hasSize(1);
    }

    private Verdicts verdicts(String machine, String library) {
        return new Verdicts(cache, machine, library);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("verdicts"))) {
            return files.toList();
        }
    }
}
