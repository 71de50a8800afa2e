package io.deformux.standalone.command;

import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.nnunet.NnUNet;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.option.ArchitectureOptions;
import io.deformux.standalone.option.ModelOptions;
import io.deformux.standalone.packaging.CheckpointImport;
import io.deformux.standalone.packaging.NnunetFolderImport;
import io.deformux.standalone.packaging.PackageImport;
import io.deformux.standalone.packaging.ScriptedImport;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A model package with weights that were trained elsewhere. */
@Command(
        name = "import",
        description = {
            "Makes a model package from trained weights: a PyTorch checkpoint (zip or legacy), a TorchScript archive"
                    + " or a safetensors file. Nothing in the file is executed.",
            "A training folder of nnU-Net v2 (plans.json, dataset.json, fold_N) becomes a model of all of its folds,"
                    + " and its plans say window, spacing, normalisation and labels.",
            "With --architecture torchscript any TorchScript archive that takes (N, C, D, H, W) to logits is a model"
                    + " as it is. It is a program: take it from somebody you trust. Before, a process of its own runs one"
                    + " window of it.",
            "The sizes of the network are told by the weights, what they do not tell by --architecture-setting; the"
                    + " preset says how scans are prepared."
        },
        mixinStandardHelpOptions = true)
final class ModelImportCommand implements Callable<Integer> {
    private static final String[] SAID_BY_PLANS = {
        "--preset",
        "--labels",
        "--spacing",
        "--intensity",
        "--channels",
        "--window",
        "--overlap",
        "--blending",
        "--architecture-setting"
    };

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "The weights, or a training folder of nnU-Net v2. Several files, of the same network, become an"
                            + " ensemble.")
    private List<Path> files;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ArchitectureOptions architecture;

    @Option(
            names = "--precision",
            converter = Stored.class,
            description = "How the weights are stored and computed with: fp32 or bf16 (default: fp32).")
    private Precision precision = Precision.FP32;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "NAME",
            description = "The label names, the background first (default: the preset's).")
    private List<String> labels = List.of();

    @Option(
            names = "--configuration",
            paramLabel = "NAME",
            description = "Which configuration of an nnU-Net folder's plans (default: that of the folder's name).")
    private String configuration;

    @Option(
            names = "--spacing",
            split = ",",
            paramLabel = "MM",
            description = "Three voxel spacings in mm to resample scans to (default: the preset's).")
    private List<Double> spacing;

    @Option(
            names = "--orientation",
            paramLabel = "AXES",
            description =
                    "Which way the axes of the images run that the network was trained with, as LPS (left, posterior,"
                            + " superior), or stored: scans are brought to it, and --spacing is that of these axes then"
                            + " (default: RAS, and --spacing is that of the stored axes; of an nnU-Net folder as its plans"
                            + " say).")
    private String orientation;

    /** What packages are stored in. */
    static final class Stored implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "fp32" -> Precision.FP32;
                case "bf16" -> Precision.BF16;
                default -> throw new TypeConversionException("the precision must be fp32 or bf16, not " + name);
            };
        }
    }

    @Override
    public Integer call() {
        ModelPackage written = model().write(files, options.output());
        warnAboutOffsets(written.manifest());
        tellOfOrientation(written.manifest());
        spec.commandLine().getOut().println("model " + written.id() + " in " + options.output());
        return ExitCode.OK;
    }

    private PackageImport model() {
        if (architecture.scripted()) {
            requireNoneOf("an archive is taken as it is", "--precision", "--configuration", "--architecture-setting");
            return new ScriptedImport(options.id(), preset(), options.window());
        }
        if (files.size() == 1 && Files.isDirectory(files.get(0))) {
            requireNoneOf("the plans of an nnU-Net folder say it", SAID_BY_PLANS);
            if (!architecture.is(NnUNet.ARCHITECTURE)) {
                requireNoneOf("a training folder is of nnU-Net", "--architecture");
            }
            return new NnunetFolderImport(
                    options.name(),
                    options.version(),
                    precision,
                    Optional.ofNullable(configuration),
                    Optional.ofNullable(orientation));
        }
        requireNoneOf("only an nnU-Net folder has configurations", "--configuration");
        return new CheckpointImport(
                options.id(),
                preset(),
                options.window(),
                precision,
                options.checked(architecture::architecture),
                architecture.given());
    }

    /** What is given and would not be used is a wrong command line. */
    private void requireNoneOf(String why, String... unused) {
        List<String> given = Stream.of(unused)
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        if (!given.isEmpty()) {
            throw new ParameterException(spec.commandLine(), why + ": leave out " + String.join(", ", given));
        }
    }

    private Preset preset() {
        Preset named = options.preset();
        return options.checked(() -> new Preset(
                        named.name(),
                        spacing == null ? named.spacing() : spacing,
                        named.channels(),
                        labels.isEmpty() ? named.classes() : labels)
                .withAxes(orientation == null ? named.axes() : NetworkAxes.of(orientation)));
    }

    private void tellOfOrientation(ModelManifest manifest) {
        if (manifest.preset().axes().equals(NetworkAxes.STORED) && orientation == null) {
            spec.commandLine()
                    .getErr()
                    .println("deformux: warning: by its plans (image_reader_writer) this nnU-Net saw scans in the order"
                            + " in which they were stored, and so it does here: it is right for scans that are"
                            + " stored as its training scans were. A DICOM series is as SimpleITK reads it (LPS),"
                            + " and not as a converter has mirrored it. If all training scans were stored in one"
                            + " way, say it with --orientation, as --orientation LAS: then scans are brought to"
                            + " that, however they are stored.");
        }
    }

    /** See {@link io.deformux.network.checkpoint.ConfiguredWeights}. */
    private void warnAboutOffsets(ModelManifest manifest) {
        if (manifest.network() instanceof DeformUxNetConfig network && network.offsetKernel() == 1) {
            spec.commandLine()
                    .getErr()
                    .println("deformux: warning: the offset convolutions of these weights have kernel 1. The published "
                            + "code pads them by 1 and then reads the larger map as if it were not padded; here they "
                            + "run without padding. If the weights were trained with that code, the labels differ "
                            + "from what it gives: check the model on scans with known labels.");
        }
    }
}
