package io.deformux.standalone.packaging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.checkpoint.Checkpoint;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.option.Version;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model package with weights that were trained elsewhere. The network's configuration comes from the weights.
 *
 * @param id name and version
 * @param preset the preprocessing and the labels, one per output channel
 * @param window how the sliding window runs
 * @param precision how the weights are stored
 * @param architecture the kind of network
 * @param given settings of it that the weights do not tell, or that they must agree with
 */
public record CheckpointImport(
        ModelId id,
        Preset preset,
        WindowDefaults window,
        Precision precision,
        Architecture<?> architecture,
        NetworkSettings given)
        implements PackageImport {

    @Override
    public ModelPackage write(List<Path> files, Path directory) {
        Path target = directory.toAbsolutePath();
        try (Scratch scratch = Scratch.in(target.getParent())) {
            NetworkConfig network = null;
            List<Member> members = new ArrayList<>();
            List<Path> archives = new ArrayList<>();
            ArrayNode sources = JsonNodeFactory.instance.arrayNode();
            for (Path file : files) {
                Checkpoint checkpoint = CheckpointReader.read(file);
                var trained = ConfiguredWeights.of(architecture, checkpoint.weights(), given);
                network = network == null ? trained.config() : network;
                requireFit(trained.config(), network);
                String name = files.size() == 1 ? "model.pt" : "model-" + members.size() + ".pt";
                Path archive = scratch.path().resolve(name);
                TorchScriptArchive.write(archive, network.program(), trained.weights(), precision);
                members.add(Member.of(name, archive, OptionalInt.empty()));
                archives.add(archive);
                sources.addObject()
                        .put("sha256", Digest.of(file))
                        .put("format", checkpoint.format().text());
            }
            ObjectNode provenance = JsonNodeFactory.instance.objectNode();
            provenance.put("weights", "imported").put("software", "deformux " + Version.current());
            provenance.set("sources", sources);
            ModelManifest manifest = new ModelManifest(id, preset, network, window, precision, members, provenance);
            return ModelPackage.write(target, manifest, archives);
        } catch (IOException | UncheckedIOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the model package cannot be written", e);
        }
    }

    private void requireFit(NetworkConfig config, NetworkConfig first) {
        int labels = preset.classes().size();
        int channels = config.outChannels();
        if (labels != channels) {
            throw new JobException(
                    FailureCode.MODEL_INVALID,
                    "the network has " + channels + " output channels but there are " + labels + " labels ("
                            + String.join(",", preset.classes()) + "); give " + channels
                            + " with --labels NAME,NAME,..., the background first");
        }
        if (!config.equals(first)) {
            throw new JobException(
                    FailureCode.MODEL_INVALID,
                    "the weights are of different networks, " + first + " and " + config
                            + "; the members of a model must have the same");
        }
    }
}
