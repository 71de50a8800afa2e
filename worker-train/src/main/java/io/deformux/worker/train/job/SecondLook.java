package io.deformux.worker.train.job;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains again before a divergence is believed. What a fold computes on a CPU follows from its seed: one that diverges does so
 * again at the same iteration, and a value that is no number because a machine slipped once does not come again. On a GPU
 * sums are not always taken in the same order, so a training at the edge may diverge once and not again. For all threads.
 *
 * @param device where the network runs
 */
record SecondLook(Device device) {
    private static final Logger LOG = LoggerFactory.getLogger(SecondLook.class);

    /**
     * Runs a training, and once more if it diverges.
     *
     * @param training goes on from the last good checkpoint each time
     * @throws JobException whatever it throws, {@code TRAINING_DIVERGED} only from the second time
     */
    void at(Runnable training) {
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
            LOG.warn("it did not come again: {}", verdict());
        }
    }

    /** What a divergence that does not come again means. */
    String verdict() {
        return device.isGpu()
                ? "what a GPU computes differs a little each time; if it comes often, lower the learning rate"
                : "this machine has computed a step wrong, look after its memory and processor";
    }
}
