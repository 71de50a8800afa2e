package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.Deformux;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@EnabledOnOs(OS.LINUX)
class CompletionCommandTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        assertThat(completed("deformux", "infer")).contains("infer-worker");
        assertThat(completed("deformux", "segment", "--inp")).contains("--input");
    }

    /** What bash offers for the last word. */
    private String completed(String... words) throws IOException, InterruptedException {
        StringWriter script = new StringWriter();
        CommandLine deformux = Deformux.commandLine().setOut(new PrintWriter(script));
        assertThat(deformux.execute("completion")).isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.toString());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "shopt -s progcomp; source '" + file + "'; COMP_WORDS=(" + String.join(" ", words)
                                + "); COMP_CWORD=" + (words.length - 1)
                                + "; _complete_deformux; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said;
    }
}
