package io.deformux.network.device;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.function.Supplier;

/** A device has run out of memory when a part of some windows was added to the sums, or beside windows: the image begins anew. */
public final class HalfAddedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private HalfAddedException(JobException cause) {
        super(cause.getMessage(), cause);
    }

    /** What work gives; if memory runs out in it and something was added before, that is said so. */
    static <T> T guarded(boolean added, Supplier<T> work) {
        try {
            return work.get();
        } catch (JobException e) {
            if (added && e.code() == FailureCode.DEVICE_OUT_OF_MEMORY) {
                throw new HalfAddedException(e);
            }
            throw e;
        }
    }
}
