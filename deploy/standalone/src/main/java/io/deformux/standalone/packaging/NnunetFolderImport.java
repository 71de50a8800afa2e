package io.deformux.standalone.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.nnunet.NnUNet;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.option.Version;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.Intensity;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preset;
import io.deformux.worker.train.dataset.NnunetLabels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A model package of a training folder of nnU-Net v2 ({@code TRAINER__PLANS__CONFIGURATION}): every fold that has ended is a
 * member; window, spacing, normalisation and labels are as its plans and data set say. Nothing in it is executed.
 *
 * <p>Most of nnU-Net's readers leave scans as they are stored, and so does such a package: the preset's axes say it. Not as
 * there: images are resampled linearly (there by cubic splines).
 *
 * @param name what the model is called; empty: as the data set
 * @param version its version
 * @param precision how weights are stored
 * @param configuration which one; empty: as the folder's name says
 * @param orientation how all of its training scans were stored, as LPS, where a reader left them so; empty: nobody knows
 */
public record NnunetFolderImport(
        Optional<String> name,
        String version,
        Precision precision,
        Optional<String> configuration,
        Optional<String> orientation)
        implements PackageImport {
    private static final String CHECKPOINT = "checkpoint_final.pth";
    /** nnU-Net steps by half a window and weighs by a Gaussian. */
    private static final double OVERLAP = 0.5;

    @Override
    public ModelPackage write(List<Path> files, Path directory) {
        if (files.size() != 1) {
            throw NnunetPlans.invalid("give one training folder, its folds become the members");
        }
        try {
            return write(files.get(0), directory);
        } catch (IllegalArgumentException e) {
            // A name, size or number of the folder's that a package does not take.
            throw NnunetPlans.invalid(e.getMessage());
        }
    }

    private ModelPackage write(Path folder, Path directory) {
        NnunetPlans plans = NnunetPlans.read(folder, configuration);
        JsonNode dataset = NnunetPlans.tree(folder.resolve("dataset.json"));
        NnunetLabels labels = NnunetLabels.of(dataset);
        Preset preset = new Preset(
                "nnu-net",
                plans.spacing(),
                channels(plans.intensities(), dataset),
                labels.names(),
                labels.regions(),
                axes(plans.images()));
        List<Path> checkpoints = checkpoints(folder);
        Path target = directory.toAbsolutePath();
        try (Scratch scratch = Scratch.in(target.getParent())) {
            List<Member> members = new ArrayList<>();
            List<Path> archives = new ArrayList<>();
            ObjectNode provenance = JsonNodeFactory.instance.objectNode();
            provenance.put("weights", "imported").put("software", "deformux " + Version.current());
            provenance.put("nnunetConfiguration", plans.configuration()).put("nnunetDataset", plans.dataset());
            Optional<NetworkConfig> network = Optional.empty();
            for (Path checkpoint : checkpoints) {
                var trained = ConfiguredWeights.of(
                        NnUNet.ARCHITECTURE,
                        plans.axes().ours(CheckpointReader.read(checkpoint).weights()),
                        NetworkSettings.NONE.with("implementation", plans.implementation()));
                requireSame(network, trained.config(), preset);
                network = Optional.of(trained.config());
                Path archive = scratch.path().resolve("model-" + members.size() + ".pt");
                TorchScriptArchive.write(archive, trained.config().program(), trained.weights(), precision);
                members.add(Member.of(archive.getFileName().toString(), archive, fold(checkpoint)));
                archives.add(archive);
                provenance
                        .withArray("sources")
                        .addObject()
                        .put("sha256", Digest.of(checkpoint))
                        .put("fold", checkpoint.getParent().getFileName().toString());
            }
            ModelManifest manifest = new ModelManifest(
                    new ModelId(name.orElse(plans.dataset()), version),
                    preset,
                    network.orElseThrow(),
                    new WindowDefaults(plans.patch(), OVERLAP, "gaussian"),
                    precision,
                    members,
                    provenance);
            return ModelPackage.write(target, manifest, archives);
        } catch (IOException | UncheckedIOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the model package cannot be written", e);
        }
    }

    /** With the names that the data set has for them; only one has none to be told by. */
    private static List<ImageChannel> channels(List<Intensity> intensities, JsonNode dataset) {
        if (intensities.size() == 1) {
            return List.of(new ImageChannel(ImageChannel.ONLY, intensities.get(0)));
        }
        JsonNode names = dataset.path(dataset.has("channel_names") ? "channel_names" : "modality");
        List<ImageChannel> channels = new ArrayList<>();
        for (Intensity intensity : intensities) {
            String number = Integer.toString(channels.size());
            channels.add(new ImageChannel(names.path(number).asText("channel " + number), intensity));
        }
        return channels;
    }

    /** Those of the folds that have ended, by the names of their folders. */
    private static List<Path> checkpoints(Path folder) {
        try (Stream<Path> folds = Files.list(folder)) {
            List<Path> found = folds.filter(
                            fold -> fold.getFileName().toString().matches("fold_([0-9]{1,3}|all)"))
                    .map(fold -> fold.resolve(CHECKPOINT))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw NnunetPlans.invalid("no fold_N in it has a " + CHECKPOINT);
    }

    private NetworkAxes axes(NetworkAxes planned) {
        if (orientation.isPresent() && !planned.equals(NetworkAxes.STORED)) {
            throw NnunetPlans.invalid(
                    "its reader has brought scans to " + planned.code() + ": leave out --orientation");
        }
        return orientation.map(NetworkAxes::of).orElse(planned);
    }

    private static OptionalInt fold(Path checkpoint) {
        String number = checkpoint.getParent().getFileName().toString().substring("fold_".length());
        return number.equals("all") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number));
    }

    private static void requireSame(Optional<NetworkConfig> before, NetworkConfig network, Preset preset) {
        if (before.isPresent() && !before.get().equals(network)) {
            throw NnunetPlans.invalid("its folds have different networks");
        }
        if (network.outChannels() != preset.outputs()) {
            throw NnunetPlans.invalid("the network has " + network.outChannels() + " output channels but dataset.json "
                    + preset.outputs() + (preset.regions().isEmpty() ? " labels" : " regions"));
        }
    }
}
