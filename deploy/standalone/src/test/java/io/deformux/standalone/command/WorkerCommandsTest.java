package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.Deformux;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A worker takes the options that it uses, and refuses those of the other kind. */
class WorkerCommandsTest {
    private static final Pattern OPTION_IN_HELP = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z0-9-]+)");

    private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");
    private static final Set<String> OF_A_CLUSTER =
            Set.of("--bootstrap-servers", "--kafka-properties", "--kafka", "--topic-prefix", "--no-create-topics");
    private static final Set<String> OF_EVERY_WORKER = Set.of(
            "--models",
            "--access",
            "--allow-input",
            "--allow-output",
            "--scratch",
            "--config",
            "--group",
            "--session-timeout-seconds",
            "--transaction-timeout-seconds",
            "--grace-seconds",
            "--attempts",
            "--crashes",
            "--retry-seconds",
            "--environment-seconds",
            "--environment-limit-seconds",
            "--patience-seconds",
            "--job-seconds",
            "--notice-seconds",
            "--stage-seconds",
            "--device",
            "--no-library-repair",
            "--management-port",
            "--management-address",
            "--hung-seconds",
            "--otlp-endpoint",
            "--log-format");
    private static final Set<String> OF_INFERENCE = Set.of(
            "--precision",
            "--tta",
            "--skip-empty-windows",
            "--outputs",
            "--dicom-seg-kind",
            "--classes",
            "--statistics",
            "--probability-grid",
            "--probability-type",
            "--radiomics",
            "--radiomics-bins",
            "--uneven-slices",
            "--preload",
            "--no-prepare-next",
            "--max-voxels");

    private static final Set<String> OF_THE_PAGE = Set.of(
            "--page-port",
            "--page-token",
            "--uploads",
            "--upload-bytes",
            "--keep-jobs",
            "--webhook",
            "--webhook-secret",
            "--webhook-group",
            "--webhook-tries");

    @Test
    void aTrainingWorkerListsOnlyWhatItUses() {
        assertThat(listed("train-worker")).isEqualTo(union(List.of(OF_EVERY_COMMAND, OF_A_CLUSTER, OF_EVERY_WORKER)));
    }

    @Test
    void anInferenceWorkerListsHowItSegmentsToo() {
        assertThat(listed("infer-worker"))
                .isEqualTo(union(List.of(OF_EVERY_COMMAND, OF_A_CLUSTER, OF_EVERY_WORKER, OF_INFERENCE)));
    }

    @Test
    void bothInOneProcessTakeWhatEitherTakesAndBringTheirBroker() {
        assertThat(listed("up"))
                .isEqualTo(union(List.of(
                        OF_EVERY_COMMAND,
                        OF_EVERY_WORKER,
                        OF_INFERENCE,
                        OF_THE_PAGE,
                        Set.of("--data", "--port", "--open"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--precision=fp32",
                "--tta=flips",
                "--skip-empty-windows",
                "--outputs=preview",
                "--dicom-seg-kind=binary",
                "--classes=liver,spleen",
                "--probability-grid=network",
                "--radiomics-bins=count:16",
                "--preload=m:1",
                "--no-prepare-next",
                "--max-voxels=1000"
            })
    void howToSegmentIsAUsageErrorOfATrainingWorkerAndUnderstoodByAnInferenceWorker(String option) {
        String refusal = "Unknown option: '" + option + "'";

        assertThat(errorOf("train-worker", option)).contains(refusal);
        assertThat(errorOf("infer-worker", option)).doesNotContain(refusal).contains("give --access FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"infer-worker", "train-worker"})
    void serversThatAreWrittenWronglyAreToldInOneLine(String command) {
        for (List<String> create : List.of(List.<String>of(), List.of("--no-create-topics"))) {
            StringWriter err = new StringWriter();
            List<String> arguments = new ArrayList<>(List.of(
                    command,
                    "--bootstrap-servers",
                    "127.0.0.1",
                    "--models",
                    "m",
                    "--allow-input",
                    "i",
                    "--allow-output",
                    "o"));
            arguments.addAll(create);
            int code =
                    Deformux.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString().lines()).singleElement().asString().contains("HOST:PORT", "--bootstrap-servers");
        }
    }

    /** Without a rule of access the command ends there, before it looks for a cluster, if all of its options are known. */
    private static String errorOf(String command, String option) {
        StringWriter err = new StringWriter();
        int code = Deformux.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        command,
                        "--bootstrap-servers",
                        "localhost:1",
                        "--no-create-topics",
                        "--models",
                        "models",
                        option);
        assertThat(code).isEqualTo(ExitCode.USAGE);
        return err.toString();
    }

    private static Set<String> listed(String command) {
        CommandLine described = Deformux.commandLine().getSubcommands().get(command);
        return OPTION_IN_HELP
                .matcher(described.getUsageMessage(CommandLine.Help.Ansi.OFF))
                .results()
                .map(MatchResult::group)
                .map(found -> found.substring(found.indexOf("--")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
