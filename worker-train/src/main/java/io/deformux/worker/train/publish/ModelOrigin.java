package io.deformux.worker.train.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.model.ModelManifest;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.ModelProvenance;
import io.deformux.schemas.PublishedFold;
import io.deformux.schemas.ScaledChannel;
import io.deformux.schemas.TrainingReady;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What a published model is and was made of, for those who have its event alone. */
public final class ModelOrigin {
    private static final int LONGEST = 128;

    private ModelOrigin() {}

    /** Of the ensemble that was made of these folds; depends on both alone. */
    public static ModelProvenance of(TrainingReady ready, ModelManifest ensemble) {
        JsonNode fold = ensemble.provenance().at("/folds/0/provenance");
        List<Double> spacing = ensemble.preset().spacing();
        return new ModelProvenance(
                ensemble.network().architecture().name(),
                ensemble.network().modules().count(),
                spacing.isEmpty() ? Optional.empty() : Optional.of(spacing),
                ensemble.preset().channels().stream()
                        .map(ModelOrigin::intensity)
                        .toList(),
                text(fold.path("dataset")),
                ready.folds().get(0).datasetSha256(),
                ready.folds().stream().map(PublishedFold::of).toList(),
                text(fold.path("software")));
    }

    /** What people call a data set: the last part of its folder's address, unless it has none. */
    public static Optional<String> dataset(URI folder) {
        String[] parts = Optional.ofNullable(folder.getPath()).orElse("").split("/");
        return parts.length == 0 ? Optional.empty() : name(parts[parts.length - 1]);
    }

    private static ScaledChannel intensity(ImageChannel channel) {
        if (channel.intensity() instanceof IntensityWindow window) {
            return new ScaledChannel(channel.name(), IntensityMethod.WINDOW, window.lo(), window.hi());
        }
        if (channel.intensity() instanceof Percentiles percentiles) {
            return new ScaledChannel(
                    channel.name(), IntensityMethod.PERCENTILES, percentiles.low(), percentiles.high());
        }
        if (channel.intensity() instanceof ClippedScore score) {
            return new ScaledChannel(
                    channel.name(),
                    IntensityMethod.CLIPPED_SCORE,
                    Optional.of((double) score.lo()),
                    Optional.of((double) score.hi()),
                    Optional.of((double) score.mean()),
                    Optional.of((double) score.deviation()));
        }
        return new ScaledChannel(channel.name(), IntensityMethod.Z_SCORE);
    }

    private static Optional<String> text(JsonNode node) {
        return name(node.asText());
    }

    private static Optional<String> name(String text) {
        return text.isBlank() || text.length() > LONGEST ? Optional.empty() : Optional.of(text);
    }
}
