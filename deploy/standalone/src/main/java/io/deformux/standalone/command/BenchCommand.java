package io.deformux.standalone.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.network.Arithmetic;
import io.deformux.network.DeviceChoice;
import io.deformux.network.PrecisionChoice;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.standalone.bench.ChildJvm;
import io.deformux.standalone.bench.DepthwiseBench;
import io.deformux.standalone.bench.Figure;
import io.deformux.standalone.bench.GpuBench;
import io.deformux.standalone.bench.Measured;
import io.deformux.standalone.bench.MeasuredMachine;
import io.deformux.standalone.bench.NetworkBench;
import io.deformux.standalone.bench.OperatorBench;
import io.deformux.standalone.bench.WindowBench;
import io.deformux.standalone.option.ComputeOptions;
import io.deformux.standalone.option.DeviceNames;
import io.deformux.standalone.option.LibraryOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures this machine and prints one table. */
@Command(
        name = "bench",
        description =
                "Measures this machine: the operator and one window of the published network against their"
                        + " baselines, the stages of a job, geometry, memory, messaging. Takes some minutes; keep the machine quiet meanwhile.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final int CLASSES = 16;
    private static final DeformUxNetConfig SMALL =
            new DeformUxNetConfig(1, CLASSES, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LibraryOptions library;

    @Option(names = "--json", description = "Prints the figures and the machine as JSON.")
    private boolean json;

    @Option(names = "--quick", description = "Only operator and window, of a small network: a minute, and only a hint.")
    private boolean quick;

    @Option(
            names = "--networks",
            description =
                    "Only one window of each of the paper's eleven networks, in the fastest precision: against its own"
                            + " convolutions and matrix products, and against DeformUX-Net; and the depthwise convolutions of two of"
                            + " them against PyTorch's. With --quick of networks of few channels.")
    private boolean networks;

    @Option(
            names = "--precision",
            converter = ComputeOptions.Precisions.class,
            description =
                    "What the window is measured in: fp32, or auto: bf16 too where the processor multiplies it itself"
                            + " (default: auto).")
    private PrecisionChoice precision = PrecisionChoice.AUTO;

    @Option(
            names = "--device",
            converter = DeviceNames.class,
            description = "cpu, or cuda:N: only a window and a scan on that GPU, their ratios, parity and memory"
                    + " (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Override
    public Integer call() throws IOException, InterruptedException {
        String where = device();
        Measured measured = where.equals("cpu") ? onCpu() : Measured.of(gpu(where));
        PrintWriter out = spec.commandLine().getOut();
        MeasuredMachine machine = MeasuredMachine.here();
        if (json) {
            out.println(new ObjectMapper()
                    .writeValueAsString(
                            Map.of("machine", machine, "figures", measured.figures(), "missing", measured.missing())));
        } else {
            print(machine, measured, out);
        }
        return measured.missing().isEmpty() ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private String device() {
        try {
            return DeviceChoice.ofThisMachine().first(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--device: " + e.getMessage(), e);
        }
    }

    private Measured onCpu() throws IOException, InterruptedException {
        if (networks) {
            return networks();
        }
        return quick ? Measured.of(quick()) : all();
    }

    private Measured networks() throws IOException, InterruptedException {
        Measured all = Measured.of(List.of());
        for (String network : NetworkBench.networks()) {
            List<String> arguments = new ArrayList<>(
                    List.of(BenchNetworkCommand.NAME, network, BenchNetworkCommand.PRECISION, precision.wireName()));
            if (quick) {
                arguments.add(BenchNetworkCommand.QUICK);
            }
            String part = NetworkBench.part(network, quick);
            all = all.and(children().run(part, arguments.toArray(String[]::new)));
        }
        List<Figure> others = new ArrayList<>(NetworkBench.compared(all.figures(), quick));
        others.addAll((quick ? new DepthwiseBench(8, 48) : new DepthwiseBench(48, 48)).run());
        return all.and(Measured.of(others));
    }

    private ChildJvm children() {
        return new ChildJvm(spec.root().userObject().getClass());
    }

    private List<Figure> gpu(String where) {
        return new GpuBench(quick ? SMALL : DeformUxNetConfig.published(CLASSES), quick ? 48 : 96, where).run();
    }

    /** bfloat16 where it would be used, and every way to compute in float. */
    private List<Arithmetic> ways() {
        return precision.on(Device.cpu()).allowed();
    }

    private List<Figure> quick() throws IOException {
        List<Figure> figures = new ArrayList<>(new OperatorBench(16, 24).run());
        figures.addAll(new WindowBench(SMALL, 48, ways()).run());
        return figures;
    }

    private Measured all() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>(new OperatorBench(48, 48).run());
        figures.addAll(new WindowBench(DeformUxNetConfig.published(CLASSES), 96, ways()).run());
        figures.addAll(new WindowBench(SMALL, 96, ways()).runWays());
        Measured measured = Measured.of(figures);
        for (BenchPartCommand.Part part : BenchPartCommand.Part.values()) {
            String name = part.name().toLowerCase(Locale.ROOT);
            measured = measured.and(children().run(name, "bench-part", name));
        }
        return measured;
    }

    /** Ratios first: they hold on other machines too. Last, what there is no number of. */
    private static void print(MeasuredMachine machine, Measured measured, PrintWriter out) {
        out.printf(
                "%s, %d cores, Java %s, %s kernels%n",
                machine.processor(), machine.cores(), machine.java(), machine.kernels());
        measured.figures().stream().filter(Figure::isRatio).forEach(figure -> out.println(line(figure)));
        measured.figures().stream().filter(figure -> !figure.isRatio()).forEach(figure -> out.println(line(figure)));
        measured.missing().forEach(none -> out.printf("%-30s  not measured: %s%n", none.part(), none.reason()));
    }

    private static String line(Figure figure) {
        return "%-30s  %-70s  %10.2f %s".formatted(figure.part(), figure.name(), figure.value(), figure.unit());
    }
}
