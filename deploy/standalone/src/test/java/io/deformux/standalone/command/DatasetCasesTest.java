package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.standalone.Deformux;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets after bug reports: each is taken as the line of its folder says, or refused with what to mend. */
class DatasetCasesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset-absolute-paths | 0 | Decathlon | 4 | liver",
                "dataset-key-subset | 0 | nnU-Net v2 | 3 | liver",
                "dataset-labels-single-lists | 0 | nnU-Net v2 | 4 | spleen",
                "dataset-long-label-name | 1 | Decathlon | 4 | label 1 has a name of 70 characters",
                "dataset-nnunet-v1 | 0 | Decathlon | 4 | liver",
                "dataset-origin-rounded | 0 | Decathlon | 4 | liver",
                "dataset-second-channel-dropped | 0 | nnU-Net v2 | 4 | [\"T1\",\"T2\"]"
            })
    void eachCaseEndsAsItsLineSays(String name, int exit, String layout, int cases, String told) throws IOException {
        copy(Fixtures.bugReport("ops/" + name));
        StringWriter said = new StringWriter();
        int ended = Deformux.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute("dataset", "check", folder.toString(), "--json");
        assertThat(ended).as(said.toString()).isEqualTo(exit);
        JsonNode report = new ObjectMapper().readTree(said.toString());
        assertThat(report.path("layout").asText()).isEqualTo(layout);
        assertThat(report.path("cases").asInt()).isEqualTo(cases);
        assertThat(report.path("sound").asBoolean()).isEqualTo(exit == 0);
        assertThat(said.toString()).contains(told);
    }

    /** A copy in which the listing's absolute paths, where it has some, are those of the copy. */
    private void copy(Path original) throws IOException {
        try (Stream<Path> all = Files.walk(original)) {
            all.sorted().forEach(file -> {
                Path target = folder.resolve(original.relativize(file).toString());
                try {
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else if (file.endsWith("dataset.json")) {
                        Files.writeString(target, Files.readString(file).replace("@HERE@", folder.toString()));
                    } else {
                        Files.copy(file, target);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
