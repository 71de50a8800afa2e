package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many windows a device takes at once: fewer from the first time on that its memory does not suffice. One thread. */
final class WindowsAtOnce {
    private static final Logger LOG = LoggerFactory.getLogger(WindowsAtOnce.class);

    private int windows;

    WindowsAtOnce(int windows) {
        this.windows = windows;
    }

    int windows() {
        return windows;
    }

    /** After memory has not sufficed for so many windows; throws what it was if it was one. */
    void lessThan(int tried, JobException e) {
        if (e.code() != FailureCode.DEVICE_OUT_OF_MEMORY || tried == 1) {
            throw e;
        }
        windows = Math.max(1, tried / 2);
        LOG.warn("the device has too little memory for {} windows at once, going on with {}", tried, windows);
    }
}
