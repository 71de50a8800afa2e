package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class StandardErrorTest {
    private final PrintStream before = System.err;

    @AfterEach
    void giveBack() {
        System.setErr(before);
    }

    @Test
    void aDeviceIsWrittenTo() {
        StandardError.goTo(Path.of("/dev/null"));

        assertThat(System.err).isNotSameAs(before);
    }

    @Test
    void whatIsNoDeviceIsLeftAlone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");

        StandardError.goTo(file);
        StandardError.goTo(folder);
        StandardError.goTo(folder.resolve("none"));

        assertThat(System.err).isSameAs(before);
        assertThat(file).hasContent("kept");
    }
}
