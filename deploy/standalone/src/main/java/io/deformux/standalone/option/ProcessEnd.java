package io.deformux.standalone.option;

import io.deformux.messaging.job.LastResort;

/** Ends the process at once: whoever watches it starts another one, and Kafka gives its jobs to others. */
public enum ProcessEnd implements LastResort {
    /** Without shutdown hooks, which would wait for what is stuck. */
    HALT;

    /** The exit code after a job that did not notice its end. */
    public static final int STUCK = 71;
    /** The exit code after an error on a loop's thread. */
    public static final int BROKEN = 72;
    /** The exit code when the device answers no more. */
    public static final int DEVICE_LOST = 73;

    @Override
    public void stuck() {
        Runtime.getRuntime().halt(STUCK);
    }

    @Override
    public void deviceLost() {
        Runtime.getRuntime().halt(DEVICE_LOST);
    }

    @Override
    public void broken(Error error) {
        Runtime.getRuntime().halt(BROKEN);
    }
}
