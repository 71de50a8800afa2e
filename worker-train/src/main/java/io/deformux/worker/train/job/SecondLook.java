package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains again before a divergence is believed. What a fold computes follows from its seed: one that diverges does so again
 * at the same iteration, and a value that is no number because a machine slipped once does not come again. Stateless.
 */
final class SecondLook {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

    private SecondLook() {}

    /**
     * Runs a training, and once more if it diverges.
     *
     * @param training goes on from the last good checkpoint each time
     * @throws JobException whatever it throws, {@code TRAINING_DIVERGED} only from the second time
     */
    static void at(Runnable training) {
        try {
            training.run();
        } catch (JobException e) {
            if (e.code() != FailureCode.TRAINING_DIVERGED) {
                throw e;
            }
            LOG.warn(
                    "{}. To see whether that comes again, the training goes on from its last good state",
                    e.getMessage());
            training.run();
            LOG.warn(
                    "it did not come again: this machine has computed a step wrong, look after its memory and processor");
        }
    }
}
