package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types in {@code clients} are those of the schemas, and hold every event. Skipped where npm brings no packages. */
@Timeout(300)
class GeneratedClientsTest {
    private static final Path CLIENTS = Path.of("clients").toAbsolutePath();
    private static final Path PACKAGES = Path.of("target", "clients").toAbsolutePath();

    @TempDir
    static Path generated;

    @BeforeAll
    static void generate() throws Exception {
        assumeTrue(Programs.installed("npm"), "no npm");
        Process process = new ProcessBuilder("src/clients/generate", generated.toString(), PACKAGES.toString())
                .redirectErrorStream(true)
                .start();
        String said = said(process);
        assumeTrue(Files.isDirectory(PACKAGES.resolve("node_modules/quicktype-core")), said);
        assertThat(process.exitValue()).as(said).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.ts", "deformux_events.py"})
    void whatIsKeptIsWhatTheSchemasGive(String file) {
        assertThat(CLIENTS.resolve(file))
                .as("run schemas/src/clients/generate schemas/clients schemas/target/clients")
                .hasSameTextualContentAs(generated.resolve(file));
    }

    @Test
    void typeScriptTakesEveryEvent() throws Exception {
        String uses = Samples.all().stream()
                .map(event -> "export const %s: events.%s = %s;\n"
                        .formatted(
                                EventSchemas.file(event.type()).replaceAll("[^a-z0-9]", "_"),
                                event.getClass().getSimpleName(),
                                sample(event)))
                .collect(Collectors.joining());
        Files.copy(CLIENTS.resolve("events.ts"), generated.resolve("kept.ts"));
        Path file = Files.writeString(generated.resolve("uses.ts"), "import type * as events from './kept';\n" + uses);

        requireSuccess("node", PACKAGES + "/node_modules/typescript/bin/tsc", "--noEmit", "--strict", file.toString());
    }

    @Test
    void pythonReadsAndWritesEveryEvent() throws Exception {
        assumeTrue(Programs.installed("python3"), "no python3");
        StringBuilder script = new StringBuilder("import json\nfrom deformux_events import *\n");
        for (Event event : Samples.all()) {
            Path file =
                    Files.writeString(generated.resolve(EventSchemas.file(event.type()) + ".sample"), sample(event));
            script.append("event = json.load(open('%s'))\n".formatted(file));
            script.append("assert %1$s.from_dict(event).to_dict() == event, '%1$s'\n"
                    .formatted(event.getClass().getSimpleName()));
        }
        Path program = Files.writeString(generated.resolve("uses.py"), script);

        requireSuccess("env", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH=" + CLIENTS, "python3", program.toString());
    }

    private static String sample(Event event) {
        try (InputStream in =
                GeneratedClientsTest.class.getResourceAsStream("samples/" + EventSchemas.file(event.type()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireSuccess(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = said(process);
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
