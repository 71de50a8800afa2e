package io.deformux.standalone.option;

import io.deformux.model.ModelId;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.Preset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a model package says beside its weights, for the commands that make one. */
public final class ModelOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--preset",
            description =
                    "amos, kits, pancreas or hepatic; needed unless what is imported says how scans are prepared.")
    private String preset;

    @Option(
            names = "--intensity",
            converter = IntensityConverter.class,
            paramLabel = "METHOD",
            description =
                    "How intensities are scaled: z-score or percentiles:LOW,HIGH of the scan's voxels that are not"
                            + " zero (for MR), z-score-with-zeros of the box that holds them, or window:LOW,HIGH (default:"
                            + " the preset's window in HU).")
    private Intensity intensity;

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What the images are called that the network sees of a scan, in its order, as T1,T2,FLAIR: each"
                            + " is scaled by itself, as --intensity says (default: one image).")
    private List<String> channels = List.of();

    @Option(names = "--name", description = "The model's name (default: the preset's).")
    private String name;

    @Option(names = "--model-version", description = "The model's version (default: ${DEFAULT-VALUE}).")
    private String version = "1";

    @Option(
            names = {"--roi", "--window"},
            split = ",",
            paramLabel = "N",
            description = "Window size in voxels, as the network takes it (default: 96,96,96).")
    private List<Integer> roi = WindowDefaults.REFERENCE.roi();

    @Option(names = "--overlap", description = "Overlap of windows, 0 to 0.9 (default: ${DEFAULT-VALUE}).")
    private double overlap = WindowDefaults.REFERENCE.overlap();

    @Option(names = "--blending", description = "constant, gaussian or gaussian_symmetric (default: ${DEFAULT-VALUE}).")
    private String blending = WindowDefaults.REFERENCE.blending();

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder to make.")
    private Path output;

    /** The preset of that name, scaled as was asked for; another name is a wrong command line. */
    public Preset preset() {
        Preset named = named();
        Preset scaled = intensity == null ? named : named.withIntensity(intensity);
        return channels.isEmpty() ? scaled : checked(() -> scaled.withChannels(imageChannels(scaled.intensity())));
    }

    private List<ImageChannel> imageChannels(Intensity scale) {
        return channels.stream().map(each -> new ImageChannel(each, scale)).toList();
    }

    private Preset named() {
        if (preset == null) {
            throw new ParameterException(spec.commandLine(), "give --preset: amos, kits, pancreas or hepatic");
        }
        return Preset.named(preset)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--preset must be one of "
                                + Preset.all().stream().map(Preset::name).toList()));
    }

    /** Name and version. */
    public ModelId id() {
        return new ModelId(name == null ? preset().name() : name, version);
    }

    /** The model's name, if one was given. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The model's version. */
    public String version() {
        return version;
    }

    /** How the sliding window runs; what cannot be is a wrong command line. */
    public WindowDefaults window() {
        return checked(() -> new WindowDefaults(roi, overlap, blending));
    }

    /** The same for a network, which must take windows of that size. */
    public WindowDefaults window(NetworkConfig network) {
        return checked(() -> {
            WindowDefaults window = window();
            network.requireSize(roi.get(0), roi.get(1), roi.get(2));
            return window;
        });
    }

    /** The folder to make. */
    public Path output() {
        return output;
    }

    /** A record made of options; what it does not take is a wrong command line. */
    public <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
