package io.deformux.standalone.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.network.PrecisionChoice;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.bench.NetworkBench;
import io.deformux.standalone.option.ComputeOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One network of {@code deformux bench --networks}, in a process of its own; prints its figures as JSON. */
@Command(
        name = BenchNetworkCommand.NAME,
        description = "One network of deformux bench --networks, in a process of its own; prints JSON.",
        mixinStandardHelpOptions = true,
        hidden = true)
public final class BenchNetworkCommand implements Callable<Integer> {
    static final String NAME = "bench-network";
    static final String QUICK = "--quick";
    static final String PRECISION = "--precision";

    @Spec
    private CommandSpec spec;

    @Parameters(description = "Which one.")
    private String network;

    @Option(names = QUICK, description = "The one of few channels.")
    private boolean quick;

    @Option(names = PRECISION, converter = ComputeOptions.Precisions.class, description = "What it is measured in.")
    private PrecisionChoice precision = PrecisionChoice.AUTO;

    @Override
    public Integer call() throws IOException {
        Precision fastest = precision.on(Device.cpu()).allowed().get(0).precision();
        spec.commandLine()
                .getOut()
                .println(new ObjectMapper().writeValueAsString(new NetworkBench(network, quick, fastest).run()));
        return ExitCode.OK;
    }
}
