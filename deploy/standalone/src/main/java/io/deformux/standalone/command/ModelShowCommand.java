package io.deformux.standalone.command;

import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.MultiplyAccumulates;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Percentiles;
import io.deformux.transform.WholeScore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a model package holds. */
@Command(
        name = "show",
        description = "Checks a model package and prints what it holds.",
        mixinStandardHelpOptions = true)
final class ModelShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The package folder.")
    private Path directory;

    @Override
    public Integer call() {
        ModelPackage model = ModelPackage.open(directory);
        ModelManifest manifest = model.manifest();
        PrintWriter out = spec.commandLine().getOut();
        out.println("model       " + model.id());
        out.println("digest      " + model.digest());
        out.println("spacing     " + spacing(manifest.preset().spacing()));
        out.println("axes        " + axes(manifest.preset().axes()));
        List<ImageChannel> channels = manifest.preset().channels();
        channels.forEach(channel -> out.println(
                "intensity   " + (channels.size() == 1 ? "" : channel.name() + ": ") + intensity(channel.intensity())));
        NetworkConfig network = manifest.network();
        out.println("network     " + network.architecture().name() + " " + network.settings());
        out.println("size        " + size(network, manifest));
        out.println("window      roi " + manifest.window().roi() + ", overlap "
                + manifest.window().overlap() + ", " + manifest.window().blending());
        manifest.members()
                .forEach(member -> out.println("member      " + member.file() + " sha256 " + member.sha256()));
        List<String> classes = manifest.preset().classes();
        for (int label = 0; label < classes.size(); label++) {
            out.printf("label %-5d %s%n", label, classes.get(label));
        }
        out.println("provenance  " + manifest.provenance());
        return ExitCode.OK;
    }

    private static String size(NetworkConfig network, ModelManifest manifest) {
        if (network.madeElsewhere()) {
            return "as its archive says, " + manifest.precision();
        }
        return String.format(
                Locale.ROOT,
                "%d parameters, %s, %.2f GMACs a window",
                network.modules().count(),
                manifest.precision(),
                gigaMacs(network, manifest.window()));
    }

    private static double gigaMacs(NetworkConfig network, WindowDefaults window) {
        List<Integer> roi = window.roi();
        return MultiplyAccumulates.of(network, roi.get(0), roi.get(1), roi.get(2)) / 1e9;
    }

    private static String intensity(Intensity intensity) {
        if (intensity instanceof IntensityWindow window) {
            return window.lo() + " .. " + window.hi() + " HU";
        }
        if (intensity instanceof ClippedScore score) {
            return score.lo() + " .. " + score.hi() + " HU, mean " + score.mean() + ", deviation " + score.deviation();
        }
        if (intensity instanceof WholeScore) {
            return "z-score of the smallest box that holds all that is not zero";
        }
        return intensity instanceof Percentiles percentiles
                ? percentiles.low() + " .. " + percentiles.high() + " percentile of the voxels that are not zero"
                : "z-score of the voxels that are not zero";
    }

    private static String axes(NetworkAxes axes) {
        if (axes.equals(NetworkAxes.STORED)) {
            return "as a scan is stored";
        }
        return axes.code() + (axes.spacingAsStored() ? ", once resampled" : "");
    }

    private static String spacing(List<Double> spacing) {
        return spacing.isEmpty() ? "the scan's own" : spacing + " mm";
    }
}
