package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/bin/deformux} gives to Java, seen by a program in Java's place. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";
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
        java("while [ \"$1\" != io.deformux.standalone.Deformux ]; do shift || exit 0; done\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                + System.getProperty("java.class.path") + "' \"$@\"");
        // The shell finds the names, so that those of this test's own locale play no part.
        Path script = folder.resolve("run.sh");
        Files.writeString(
                script,
                "cd '" + input + "' && cd */* && exec '" + LAUNCHER + "' segment --input \"$PWD\" --model '" + folder
                        + "/none' --output '" + folder + "/out'\n");
        ProcessBuilder shell = launcher().command("bash", script.toString()).redirectErrorStream(true);
        shell.environment().put("LC_ALL", "C");

        assertThat(said(shell.start(), 4)).contains("MODEL_").doesNotContain("Usage");
    }

    @Test
    void onlyWhatComputesIsGivenTheVectorModule() throws IOException, InterruptedException {
        java("[ \"$1\" = --list-modules ] && echo jdk.incubator.vector@17 || printf '%s ' \"$@\"");
        Set<String> computing = Set.of(
                "demo",
                "up",
                "infer-worker",
                "train",
                "train-worker",
                "compare",
                "segment",
                "check",
                "bench",
                "bench-part",
                "bench-network");
        Set<String> others = Set.of(
                "send",
                "watch",
                "cancel",
                "replay",
                "dead-letters",
                "pacs-bridge",
                "dicom-node",
                "route",
                "results-page",
                "evaluate",
                "dataset",
                "model",
                "topics",
                "config",
                "completion",
                "help");
        Set<String> vectors = new TreeSet<>();
        Set<String> all = Deformux.commandLine().getSubcommands().keySet();
        for (String command : all) {
            if (said(launcher(command).start(), 0).contains("--add-modules jdk.incubator.vector")) {
                vectors.add(command);
            }
        }
        assertThat(vectors).isEqualTo(computing);
        assertThat(all)
                .as("a new command computes or does not")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(computing.stream(), others.stream()).toList());
    }

    /** The terminal is script's, which gives the exit code of its command back; it stays until all is read. */
    @Test
    @Timeout(60)
    @EnabledIf("thereIsScript")
    void aPersonAtATerminalSeesNoIncubatorWarningAndAllElseAsItComes() throws IOException, InterruptedException {
        java("case $1 in --list-modules) echo jdk.incubator.vector@17; exit;; esac\n"
                + "for a; do case $a in -Ddeformux.terminal=*) terminal=${a#*=};; esac; done\n"
                + "echo \"java is $$.\"\n"
                + "printf 'half a line' >\"$terminal\"\n"
                + "{ echo 'Picked up something'; echo '" + WARNING + "'; echo '" + WARNING + "s'; } >&2\n"
                + "kill -TERM $$\n");
        ProcessBuilder script = launcher();
        script.command(
                "script",
                "-qec",
                "bash -c '(echo \"shell is $BASHPID.\"; exec " + LAUNCHER + " segment); code=$?; read -r; exit $code'",
                "/dev/null");
        Process process = script.start();

        StringBuilder said = new StringBuilder();
        while (said.indexOf(WARNING + "s") < 0 || said.indexOf("half a line") < 0) {
            int next = process.getInputStream().read();
            assertThat(next).as(said.toString()).isNotNegative();
            said.append((char) next);
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        said.append(said(process, 128 + 15));

        assertThat(said)
                .contains("Picked up something")
                .doesNotContain(WARNING + "\r")
                .containsPattern("(?s)shell is (\\d+)\\..*java is \\1\\.");
    }

    @Test
    void whatIsNoTerminalGetsAllThatJavaSays() throws IOException, InterruptedException {
        java("[ \"$1\" != --list-modules ] || { echo jdk.incubator.vector@17; exit; }\n" + "printf '%s ' \"$@\"; echo '"
                + WARNING + "' >&2");

        String said = said(launcher("segment").redirectErrorStream(true).start(), 0);

        assertThat(said).endsWith(WARNING + "\n").contains("--add-modules").doesNotContain("deformux.terminal");
    }

    /** Each stream is asked for itself: progress is for whoever looks at standard error, a summary for standard output. */
    @ParameterizedTest
    @CsvSource({"'', true, true", "2>errors, true, false", ">output, false, true", "</dev/null, true, true"})
    @Timeout(60)
    @EnabledIf("thereIsScript")
    void javaIsToldWhichOfItsStreamsAPersonSees(String redirected, boolean output, boolean error)
            throws IOException, InterruptedException {
        java("[ \"$1\" = --list-modules ] || printf '%s\\n' \"$@\" >'" + folder + "/told'");
        ProcessBuilder script = launcher().directory(folder.toFile());
        script.command("script", "-qec", LAUNCHER + " segment " + redirected, "/dev/null");

        said(script.start(), 0);

        List<String> told = Files.readAllLines(folder.resolve("told"));
        assertThat(told.contains("-Ddeformux.output.terminal=true")).isEqualTo(output);
        assertThat(told.contains("-Ddeformux.error.terminal=true")).isEqualTo(error);
    }

    @Test
    void whereNobodyLooksOnJavaIsToldOfNoTerminal() throws IOException, InterruptedException {
        assertThat(printed("printf '%s\\n' \"$@\"", "C")).doesNotContain("terminal=");
    }

    static boolean thereIsScript() {
        return Files.isExecutable(Path.of("/usr/bin/script"));
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
        java("[ \"$1\" = --list-modules ] || " + command);
        ProcessBuilder launcher = launcher("--version");
        launcher.environment().remove("LANG");
        launcher.environment().remove("LC_CTYPE");
        launcher.environment().put("LC_ALL", locale);
        return said(launcher.start(), 0);
    }

    /** A program in Java's place. */
    private void java(String script) throws IOException {
        Path java = folder.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private ProcessBuilder launcher(String... arguments) {
        List<String> words = new ArrayList<>(List.of(LAUNCHER.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder launcher = new ProcessBuilder(words);
        launcher.environment().putAll(Map.of("JAVA_HOME", folder.toString(), "DEFORMUX_LIB", folder.toString()));
        return launcher;
    }

    private static String said(Process process, int expected) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(expected);
        return said;
    }
}
