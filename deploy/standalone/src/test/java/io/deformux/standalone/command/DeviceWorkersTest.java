package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.Deformux;
import io.deformux.standalone.run.ChildMain;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DeviceWorkersTest {
    @Test
    void aFurtherGpuGetsAWorkerWithTheSameOptions() {
        CommandLine line = Deformux.commandLine();
        line.parseArgs(
                "up",
                "--models=m",
                "--allow-input=a",
                "--allow-output=b",
                "--device=auto",
                "--data=d",
                "--management-port=9000",
                "--skip-empty-windows");
        CommandLine up = line.getParseResult().subcommand().commandSpec().commandLine();

        List<String> command = DeviceWorkers.program(
                        "cuda:1", up.getCommandSpec(), "infer-worker", List.of("--bootstrap-servers=localhost:1"))
                .command();

        assertThat(command).containsSequence(ChildMain.class.getName(), Deformux.class.getName(), "infer-worker");
        assertThat(command.subList(command.indexOf("infer-worker"), command.size()))
                .containsExactlyInAnyOrder(
                        "infer-worker",
                        "--models=m",
                        "--allow-input=a",
                        "--allow-output=b",
                        "--skip-empty-windows",
                        "--bootstrap-servers=localhost:1",
                        "--device=cuda:1",
                        "--management-port=0");
    }
}
