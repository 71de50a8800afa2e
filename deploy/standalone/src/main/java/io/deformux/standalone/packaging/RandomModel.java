package io.deformux.standalone.packaging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.option.Version;
import io.deformux.storage.Scratch;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model package with random weights: it finds nothing, but has the shape, the size and the speed of a trained one.
 *
 * @param id name and version
 * @param preset the preprocessing and the labels
 * @param network the network's configuration, one output channel per label
 * @param window how the sliding window runs
 * @param seed which weights
 */
public record RandomModel(ModelId id, Preset preset, NetworkConfig network, WindowDefaults window, long seed) {

    /** The small model of {@code deformux demo}. */
    public static RandomModel small() {
        return new RandomModel(
                new ModelId("demo", "1"),
                Preset.AMOS,
                new DeformUxNetConfig(
                        1, Preset.AMOS.classes().size(), List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                WindowDefaults.REFERENCE,
                7);
    }

    /** Writes the package; {@code directory} must not be there yet, or be empty. */
    public ModelPackage write(Path directory) {
        Path target = directory.toAbsolutePath();
        try (Scratch scratch = Scratch.in(target.getParent())) {
            Path archive = scratch.path().resolve("model.pt");
            TorchScriptArchive.write(
                    archive, network.program(), network.modules().randomWeights(seed), Precision.FP32);
            ModelManifest manifest = new ModelManifest(
                    id,
                    preset,
                    network,
                    window,
                    Precision.FP32,
                    List.of(Member.of("model.pt", archive, OptionalInt.empty())),
                    provenance());
            return ModelPackage.write(target, manifest, List.of(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode provenance() {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("weights", "random, not trained");
        provenance.put("seed", seed);
        provenance.put("software", "deformux " + Version.current());
        return provenance;
    }
}
