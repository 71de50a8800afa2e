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
import io.deformux.network.ArchiveTrial;
import io.deformux.network.architecture.scripted.ScriptedConfig;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.option.Version;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A model package around archives of TorchScript as they are, each tried in a process of its own before.
 *
 * @param id name and version
 * @param preset the preprocessing and the labels, one per output channel
 * @param window how the sliding window runs; archives are tried with its size
 */
public record ScriptedImport(ModelId id, Preset preset, WindowDefaults window) implements PackageImport {

    @Override
    public ModelPackage write(List<Path> files, Path directory) {
        Path target = directory.toAbsolutePath();
        int labels = preset.classes().size();
        ScriptedConfig network = new ScriptedConfig(preset.channels().size(), labels, window.roi());
        try (Scratch scratch = Scratch.in(target.getParent())) {
            List<Member> members = new ArrayList<>();
            List<Path> archives = new ArrayList<>();
            ArrayNode sources = JsonNodeFactory.instance.arrayNode();
            for (Path file : files) {
                requireFile(file);
                String name = files.size() == 1 ? "model.pt" : "model-" + members.size() + ".pt";
                // What is tried is what is kept, whatever happens to the file meanwhile.
                Path archive = Files.copy(file, scratch.path().resolve(name));
                requireFit(new ArchiveTrial().classes(archive, network.inChannels(), window.roi()), labels);
                members.add(Member.of(name, archive, OptionalInt.empty()));
                archives.add(archive);
                sources.addObject().put("sha256", Digest.of(archive)).put("format", "TorchScript, as it is");
            }
            ObjectNode provenance = JsonNodeFactory.instance.objectNode();
            provenance.put("weights", "imported").put("software", "deformux " + Version.current());
            provenance.set("sources", sources);
            return ModelPackage.write(
                    target,
                    new ModelManifest(id, preset, network, window, Precision.FP32, members, provenance),
                    archives);
        } catch (IOException | UncheckedIOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the model package cannot be written", e);
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no file at " + file);
        }
    }

    private void requireFit(int classes, int labels) {
        if (classes != labels) {
            throw new JobException(
                    FailureCode.MODEL_INVALID,
                    "the archive gives " + classes + " channels but there are " + labels + " labels ("
                            + String.join(",", preset.classes()) + "); give " + classes
                            + " with --labels NAME,NAME,..., the background first");
        }
    }
}
