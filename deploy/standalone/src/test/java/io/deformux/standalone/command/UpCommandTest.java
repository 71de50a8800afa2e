package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.standalone.Deformux;
import io.deformux.standalone.ProgramProcess;
import io.deformux.standalone.packaging.RandomModelFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} prints, in a process of its own. */
@Timeout(300)
class UpCommandTest {
    private static final String COMMAND = "to send a scan: deformux ";

    @TempDir
    private Path folder;

    @Test
    void openItPrintsAllThatAClientNeeds() throws Exception {
        RandomModelFixture.tiny(folder.resolve("models/amos/1"), "amos");
        Path scans = Files.createDirectories(folder.resolve("the scans"));
        try (ProgramProcess up = ProgramProcess.start(
                Map.of(),
                folder.resolve("up.log"),
                "up",
                "--open",
                "--models=" + folder.resolve("models"),
                "--allow-input=" + scans,
                "--allow-output=" + Files.createDirectories(folder.resolve("results")),
                "--scratch=" + folder.resolve("scratch"),
                "--data=" + folder.resolve("log"),
                "--management-port=0",
                "--page-port=0",
                "--port=0")) {
            await().atMost(Duration.ofMinutes(4)).until(() -> up.printed().contains(COMMAND));

            assertThat(up.printed())
                    .contains("results page: http://127.0.0.1:", "bootstrap servers: ", "models: amos 1")
                    .containsPattern("metrics and health: http://127.0.0.1:\\d+");
            Files.writeString(scans.resolve("SCAN"), "no scan");
            assertThat(run(command(up))).isEqualTo(ExitCode.OK);
        }
    }

    /** The printed command, as it stands. */
    private static String command(ProgramProcess up) throws IOException {
        return up.printed()
                .lines()
                .filter(line -> line.startsWith(COMMAND))
                .findFirst()
                .orElseThrow()
                .substring(COMMAND.length());
    }

    private static int run(String command) throws IOException, InterruptedException {
        return Deformux.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .execute(words(command));
    }

    /** As a shell takes them. */
    private static String[] words(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command).start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return words.lines().toArray(String[]::new);
    }
}
