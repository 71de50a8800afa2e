package io.deformux.standalone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.network.NetworkConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures this machine and prints one table. */
@Command(
        name = "bench",
        description =
                "Measures this machine: the network's kernels, one window, geometry and memory. Takes minutes; keep"
                        + " the machine quiet meanwhile. Ratios come from one run.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final int CLASSES = 16;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints the figures as JSON, with the machine.")
    private boolean json;

    @Option(
            names = "--quick",
            description = "A small network, a small window and no memory measurement: a minute, and only a hint.")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        Machine machine = Machine.here();
        List<Figure> figures = new ArrayList<>();
        figures.addAll(new OperatorBench(quick ? 16 : 48, quick ? 24 : 48).run());
        figures.addAll(window().run());
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new ObjectMapper().writeValueAsString(Map.of("machine", machine, "figures", figures)));
        } else {
            print(machine, figures);
        }
        return 0;
    }

    private WindowBench window() {
        return quick
                ? new WindowBench(
                        new NetworkConfig(1, CLASSES, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3), 48)
                : new WindowBench(NetworkConfig.published(CLASSES), 96);
    }

    private void print(Machine machine, List<Figure> figures) {
        var out = spec.commandLine().getOut();
        out.println(machine.processor() + ", " + machine.cores() + " cores, Java " + machine.java() + ", "
                + machine.kernels());
        figures.stream().filter(figure -> figure.unit().equals("x")).forEach(figure -> out.println(line(figure)));
        figures.stream().filter(figure -> !figure.unit().equals("x")).forEach(figure -> out.println(line(figure)));
    }

    private static String line(Figure figure) {
        return "%-22s %-82s %10.2f %s".formatted(figure.part(), figure.name(), figure.value(), figure.unit());
    }
}
