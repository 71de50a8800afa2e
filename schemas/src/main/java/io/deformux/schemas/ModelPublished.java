package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A new version of a model is in the store. The topic is compacted: it keeps the newest event of every name.
 *
 * @param name the model's name
 * @param version its version
 * @param sha256 the digest of its manifest, which covers its weights
 * @param uri its folder
 * @param labels its labels and how well cross-validation found them, background left out
 * @param meanDice the mean of the folds' mean Dice
 * @param trainingId the training that it comes from; absent: another origin
 * @param provenance what it is and what it was made of; absent: another origin, or an older worker
 */
public record ModelPublished(
        String name,
        String version,
        String sha256,
        URI uri,
        List<LabelSummary> labels,
        double meanDice,
        Optional<String> trainingId,
        Optional<ModelProvenance> provenance)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.model.published.v1";

    /** A publication; the list is copied. */
    public ModelPublished {
        labels = List.copyOf(labels);
        Objects.requireNonNull(trainingId, "trainingId");
        Objects.requireNonNull(provenance, "provenance");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.MODEL_PUBLISHED;
    }

    @Override
    public String key() {
        return name;
    }

    /** Version, content and place; not how good it is said to be. */
    @Override
    public String identity() {
        return Identity.of(name, version, sha256, uri);
    }
}
