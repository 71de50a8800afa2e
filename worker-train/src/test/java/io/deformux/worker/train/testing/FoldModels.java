package io.deformux.worker.train.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Precision;
import io.deformux.schemas.StoredModel;
import io.deformux.storage.Digest;
import io.deformux.storage.Scratch;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Packages as folds leave them; the weights are some bytes. */
public final class FoldModels {
    private FoldModels() {}

    /** Writes the package of a fold, or finds the one that an earlier attempt has written. */
    public static StoredModel write(Path output, int fold) {
        return write(output, fold, -125);
    }

    /** The same with an intensity window that begins at {@code low}. */
    public static StoredModel write(Path output, int fold, float low) {
        Path directory = output.resolve("fold-" + fold).resolve("model");
        try (Scratch scratch = Scratch.in(output)) {
            if (!Files.exists(directory)) {
                Path weights = Files.writeString(scratch.path().resolve("weights"), "weights of fold " + fold);
                ModelPackage.write(directory, manifest(weights, fold, low), List.of(weights));
            }
            List<String> digests =
                    List.of(Digest.of(directory.resolve("model.json")), Digest.of(directory.resolve("model.pt")));
            return new StoredModel(directory.toUri(), Digest.ofAll(digests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelManifest manifest(Path weights, int fold, float low) {
        Preset preset = new Preset("own", List.of(), new IntensityWindow(low, 275), List.of("background", "organ"));
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("code", "test");
        provenance.put("dataset", "Task09_Spleen");
        return new ModelManifest(
                new ModelId("organs", "fold-" + fold),
                preset,
                new DeformUxNetConfig(1, 2, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3),
                WindowDefaults.REFERENCE,
                Precision.FP32,
                List.of(Member.of("model.pt", weights, OptionalInt.of(fold))),
                provenance);
    }
}
