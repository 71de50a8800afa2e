package io.deformux.worker.train.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.weights.Weights;
import java.nio.file.Path;

/** The weights that somebody gives a training to start from. Stateless. */
final class StartingWeights {
    private static final String WHOSE = "the initial weights: ";

    private StartingWeights() {}

    /**
     * Reads a checkpoint of a network, with the names of its reference too.
     *
     * @throws JobException MODEL_INVALID if they are of another network, by the setting in which it differs
     */
    static Weights read(Path file, NetworkConfig network) {
        try {
            Weights checkpoint = CheckpointReader.read(file).weights();
            ConfiguredWeights<?> found = ConfiguredWeights.of(network.architecture(), checkpoint, network.settings());
            requireSame("input channels", found.config().inChannels(), network.inChannels());
            requireSame("outputs", found.config().outChannels(), network.outChannels());
            return found.weights();
        } catch (JobException e) {
            throw new JobException(
                    e.code(), WHOSE + e.getMessage() + "; train with the settings that the weights have", e);
        }
    }

    private static void requireSame(String what, int found, int wanted) {
        if (found != wanted) {
            throw new JobException(
                    FailureCode.MODEL_INVALID,
                    "they are of a network of " + found + " " + what + ", and the data set has " + wanted);
        }
    }
}
