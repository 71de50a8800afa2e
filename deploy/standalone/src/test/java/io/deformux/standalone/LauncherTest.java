package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private static final Path LAUNCHER = Fixtures.checkoutRoot().resolve("deploy/bin/deformux");

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

    /** With a folder of jars beside its own there is nothing to build, and no checkout that it would look for. */
    @Test
    void ofAReleaseItTakesTheJarsBesideItAndBuildsNothing() throws IOException, InterruptedException {
        Path release = folder.resolve("deformux-1");
        Files.createDirectories(release.resolve("lib"));
        Path launcher = Files.createDirectories(release.resolve("bin")).resolve("deformux");
        Files.copy(LAUNCHER, launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Path java = Files.createDirectories(folder.resolve("path")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n[ \"$1\" = --list-modules ] || echo \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder program = new ProcessBuilder("/bin/bash", launcher.toString(), "demo").redirectErrorStream(true);
        program.environment().clear();
        program.environment().put("PATH", java.getParent() + ":/bin");
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("-cp " + launcher.getParent() + "/../lib/* ").doesNotContain("building");
    }

    /** The command line gets as far as the model, which is not there, and does not stumble over the input before it. */
    @Test
    void theCaseWithANameThatIsNotAsciiIsFoundInThePosixLocale() throws IOException, InterruptedException {
        Path input = Fixtures.data("../cases/imaging/non-ascii-name/input");
        Path java = folder.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(
                java,
                "#!/bin/sh\nwhile [ \"$1\" != io.deformux.standalone.Deformux ]; do shift || exit 0; done\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                        + System.getProperty("java.class.path") + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        // The shell finds the names, so that those of this test's own locale play no part.
        Path script = folder.resolve("run.sh");
        Files.writeString(
                script,
                "cd '" + input + "' && cd */* && exec '" + LAUNCHER + "' segment --input \"$PWD\" --model '" + folder
                        + "/none' --output '" + folder + "/out'\n");
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
        shell.environment()
                .putAll(Map.of("LC_ALL", "C", "JAVA_HOME", folder.toString(), "DEFORMUX_LIB", folder.toString()));
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).contains("MODEL_").doesNotContain("Usage");
        assertThat(process.waitFor()).isEqualTo(4);
    }

    @Test
    void everyProgramEndsWhereTheHeapIsFull() throws IOException, InterruptedException {
        assertThat(printed("printf '%s\\n' \"$@\"", "C").lines())
                .contains("-XX:+ExitOnOutOfMemoryError")
                .containsSubsequence("-XX:+ExitOnOutOfMemoryError", "io.deformux.standalone.Deformux", "--version");
    }

    private String localeOfJava(String locale) throws IOException, InterruptedException {
        return printed("printf %s \"$LC_ALL\"", locale);
    }

    /** What a shell's command prints in Java's place. */
    private String printed(String command, String locale) throws IOException, InterruptedException {
        Path java = folder.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n[ \"$1\" = --list-modules ] || " + command + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder launcher = new ProcessBuilder(LAUNCHER.toString(), "--version");
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
