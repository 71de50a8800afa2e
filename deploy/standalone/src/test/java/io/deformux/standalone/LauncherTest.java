package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/bin/deformux} gives to Java, seen by a program in Java's place. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", ""})
    void namesThatAreNotAsciiReachJavaInAnyLocale(String locale) throws IOException, InterruptedException {
        assertThat(localeOfJava(locale)).isEqualTo("C.UTF-8");
    }

    @Test
    void aUtf8LocaleStaysAsItIs() throws IOException, InterruptedException {
        assertThat(localeOfJava("C.utf8")).isEqualTo("C.utf8");
    }

    private String localeOfJava(String locale) throws IOException, InterruptedException {
        Path java = folder.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n[ \"$1\" = --list-modules ] || printf %s \"$LC_ALL\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder launcher = new ProcessBuilder(
                Fixtures.checkoutRoot().resolve("deploy/bin/deformux").toString(), "--version");
        launcher.environment().remove("LANG");
        launcher.environment().remove("LC_CTYPE");
        launcher.environment()
                .putAll(Map.of("LC_ALL", locale, "JAVA_HOME", folder.toString(), "DEFORMUX_LIB", folder.toString()));
        Process process = launcher.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
