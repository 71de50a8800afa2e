package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelPackage;
import io.deformux.standalone.command.ExitCode;
import io.deformux.standalone.packaging.RandomModelFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as a person meets it: help everywhere, one-line errors, documented exit codes. */
class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<List<String>> everyCommand() {
        List<List<String>> all = new ArrayList<>();
        collect(Deformux.commandLine(), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
        all.add(path);
        command.getSubcommands().forEach((name, sub) -> {
            if (!name.equals("help")) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                collect(sub, longer, all);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandExplainsItself(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: deformux").contains("--help");
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("demo", "--no-such-option")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--no-such-option");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "train", "infer-worker", "train-worker"})
    void aDeviceOfAnotherNameIsAUsageError(String command) {
        assertThat(run(command, "--device", "gpu0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--device").contains("the device must be auto, cpu or cuda:N, not gpu0");
    }

    @Test
    void aMissingInputIsToldInOneLine(@TempDir Path folder) {
        Path model = RandomModelFixture.tiny(folder.resolve("model")).directory();

        int code = run(
                "segment",
                "--input",
                folder.resolve("nothing.nii").toString(),
                "--model",
                model.toString(),
                "--output",
                folder.toString());

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith("deformux: INPUT_NOT_FOUND: ");
    }

    @Test
    void whatNoEventCanSayIsAUsageError() {
        int code = run(
                "send",
                "scan",
                "--bootstrap-servers",
                "localhost:1",
                "--input",
                "http://host/a",
                "--kind",
                "dicom",
                "--acquisition",
                "-1",
                "--model",
                "m",
                "--output",
                "out");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("/input/acquisitionNumber");
    }

    @Test
    void aBridgeThatCannotWorkDoesNotStart(@TempDir Path folder) throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.json"), "{\"rules\": []}");
        List<List<String>> wrong = List.of(
                List.of("--orthanc", "http://me:secret@pacs:8042", "--rules", rules.toString()),
                List.of(
                        "--orthanc",
                        "http://pacs",
                        "--rules",
                        folder.resolve("none.json").toString()),
                List.of("--orthanc", "http://pacs", "--rules", rules.toString(), "--poll-seconds", "0"),
                List.of("--orthanc", "http://pacs", "--rules", rules.toString(), "--credentials", "/no/such/file"));
        for (List<String> arguments : wrong) {
            List<String> all = new ArrayList<>(List.of("pacs-bridge", "--bootstrap-servers", "localhost:1"));
            all.addAll(arguments);
            assertThat(run(all.toArray(String[]::new))).as(arguments.toString()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString()).doesNotContain("secret");
    }

    @Test
    void aFileThatCannotBeReadIsToldInOneLine(@TempDir Path folder) {
        int code = run(
                "watch",
                "--bootstrap-servers",
                "localhost:1",
                "--kafka-properties",
                folder.resolve("none").toString());

        assertThat(code).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("NoSuchFileException");
    }

    @Test
    void initMakesAModelThatShowPrints(@TempDir Path folder) {
        String model = folder.resolve("model").toString();

        int made = run(
                "model", "init", "--preset", "kits", "--feature-sizes", "4,4,8,8", "--hidden", "8", "--output", model);
        int shown = run("model", "show", model);

        assertThat(made).isEqualTo(ExitCode.OK);
        assertThat(shown).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("model       kits 1")
                .contains("the scan's own")
                .contains("kidney")
                .contains("not trained");
        assertThat(Files.exists(folder.resolve("model/model.pt"))).isTrue();
    }

    @Test
    void initIsRepeatableFromItsSeed(@TempDir Path folder) {
        ModelPackage one = RandomModelFixture.tiny(folder.resolve("one"));
        ModelPackage two = RandomModelFixture.tiny(folder.resolve("two"));

        assertThat(two.digest()).isEqualTo(one.digest());
    }

    @Test
    void initRefusesAnImpossibleWindow(@TempDir Path folder) {
        int code = run(
                "model",
                "init",
                "--preset",
                "amos",
                "--roi",
                "95,96,96",
                "--output",
                folder.resolve("m").toString());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("16");
    }

    private int run(String... arguments) {
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
