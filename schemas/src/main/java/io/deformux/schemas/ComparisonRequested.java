package io.deformux.schemas;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A request: train these networks on the same folds with the same seed and budget, publish the ensemble of each, and compare
 * them.
 *
 * <p>Each network is a training of its own, of the id {@link #trainingId}. A request that comes again changes nothing;
 * another one under the same comparison id is refused with a {@link ComparisonFailed} that has that request's own digest.
 *
 * @param comparisonId the comparison
 * @param training what all networks have in common
 * @param networks the networks
 * @param modelName what the names of the published models begin with; a hyphen and the network's name follow
 * @param output the folder (file system, bucket prefix) for prepared cases, checkpoints, the folds' models and the table
 */
public record ComparisonRequested(
        String comparisonId, ComparisonSpec training, List<ComparedNetwork> networks, String modelName, URI output)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.comparison.requested.v1";

    /** A request; the list is copied. */
    public ComparisonRequested {
        networks = List.copyOf(networks);
    }

    /** The training of one of its networks. */
    public TrainingRequested training(ComparedNetwork network) {
        return new TrainingRequested(
                trainingId(network.name()),
                training.of(network.architecture()),
                modelName + "-" + network.name(),
                output,
                Optional.of(comparisonId));
    }

    /** The id of the training of the network of that name. */
    public String trainingId(String network) {
        return comparisonId + "-" + network;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_REQUESTED;
    }

    @Override
    public String key() {
        return comparisonId;
    }
}
