package io.deformux.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.model.ModelId;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.standalone.bench.Figure;
import io.deformux.standalone.bench.GeometryBench;
import io.deformux.standalone.bench.Measured;
import io.deformux.standalone.bench.MessagingBench;
import io.deformux.standalone.bench.ScanBench;
import io.deformux.standalone.packaging.RandomModel;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One measurement of {@code deformux bench} that needs a process of its own; prints its figures as JSON. */
@Command(
        name = "bench-part",
        description = "One measurement of deformux bench that needs a process of its own; prints JSON.",
        mixinStandardHelpOptions = true,
        hidden = true)
public final class BenchPartCommand implements Callable<Integer> {
    /** The measurements. */
    enum Part {
        GEOMETRY,
        STAGES,
        MEMORY_3,
        MEMORY_16,
        MESSAGING
    }

    @Spec
    private CommandSpec spec;

    @Parameters(description = "Which one.")
    private Part part;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(Measured.of(run())));
        return ExitCode.OK;
    }

    private List<Figure> run() throws IOException {
        return switch (part) {
            case GEOMETRY -> new GeometryBench().run();
            case STAGES -> new ScanBench(100, 3).run("small network, 512 x 512 x 100", model(Preset.AMOS)::write);
            case MEMORY_3 -> memory(3);
            case MEMORY_16 -> memory(16);
            case MESSAGING -> new MessagingBench(300).run();
        };
    }

    private static List<Figure> memory(int classes) throws IOException {
        Preset preset = new Preset(
                "amos-" + classes,
                Preset.AMOS.spacing(),
                Preset.AMOS.intensity(),
                Preset.AMOS.classes().subList(0, classes));
        List<Figure> figures =
                new ScanBench(400, 1).run("512 x 512 x 400, " + classes + " classes", model(preset)::write);
        return figures.stream()
                .filter(figure ->
                        !figure.name().startsWith("job 1: ") || figure.name().endsWith("all"))
                .toList();
    }

    private static RandomModel model(Preset preset) {
        return new RandomModel(
                new ModelId("bench", "1"),
                preset,
                new DeformUxNetConfig(1, preset.classes().size(), List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                WindowDefaults.REFERENCE,
                7);
    }
}
