package io.deformux.worker.infer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A model so small that a test can run it, with random weights. */
final class TinyModel {
    static final String NAME = "tiny";

    private TinyModel() {}

    /** Puts version {@code version} of the model into the store at {@code root}. */
    static ModelPackage in(Path root, String version) throws IOException {
        return in(root, version, Preset.KITS, 32);
    }

    /** The same with a preset and a window of {@code roi} voxels per axis. */
    static ModelPackage in(Path root, String version, Preset preset, int roi) throws IOException {
        return in(root, new ModelId(NAME, version), preset, roi, 3);
    }

    /** The same under another name, with other weights for another seed. */
    static ModelPackage in(Path root, ModelId id, Preset preset, int roi, long seed) throws IOException {
        return ensemble(root, id, preset, roi, List.of(seed));
    }

    /** The same with a network for each of the seeds. */
    static ModelPackage ensemble(Path root, ModelId id, Preset preset, int roi, List<Long> seeds) throws IOException {
        DeformUxNetConfig network =
                new DeformUxNetConfig(1, preset.outputs(), List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3);
        Path folder = Files.createTempDirectory("tiny");
        List<Path> archives = new ArrayList<>();
        try {
            List<Member> members = new ArrayList<>();
            for (long seed : seeds) {
                Path archive = folder.resolve("model-" + members.size() + ".pt");
                archives.add(archive);
                TorchScriptArchive.write(
                        archive, network.program(), network.modules().randomWeights(seed), Precision.FP32);
                members.add(Member.of(archive.getFileName().toString(), archive, OptionalInt.empty()));
            }
            ModelManifest manifest = new ModelManifest(
                    id,
                    preset,
                    network,
                    new WindowDefaults(List.of(roi, roi, roi), 0.25, "constant"),
                    Precision.FP32,
                    members,
                    JsonNodeFactory.instance.objectNode());
            return ModelPackage.write(root.resolve(id.name()).resolve(id.version()), manifest, archives);
        } finally {
            for (Path archive : archives) {
                Files.deleteIfExists(archive);
            }
            Files.delete(folder);
        }
    }
}
