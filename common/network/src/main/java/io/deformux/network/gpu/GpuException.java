package io.deformux.network.gpu;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.Set;

/**
 * The driver or the run-time compiler has refused a call, or is not there: {@code NETWORK_FAILED} where another way to compute may
 * do, {@code DEVICE_OUT_OF_MEMORY}, or {@code DEVICE_FAILED}, after which the GPU answers nothing more in this process.
 */
public final class GpuException extends JobException {
    private static final long serialVersionUID = 1L;
    private static final int OUT_OF_MEMORY = 2;

    /**
     * What the driver answers (CUresult) where the call is to blame: wrong values, code that does not fit driver or card, functions
     * that are not there, a launch that takes too much.
     */
    private static final Set<Integer> OF_THE_CALL = Set.of(1, 200, 209, 218, 221, 222, 223, 300, 500, 701, 801);

    /** @param message what was asked for and what it answered */
    GpuException(String message) {
        this(FailureCode.NETWORK_FAILED, message, null);
    }

    GpuException(String message, Throwable cause) {
        this(FailureCode.NETWORK_FAILED, message, cause);
    }

    private GpuException(FailureCode code, String message, Throwable cause) {
        super(code, message, cause);
    }

    /** A function of the driver has answered with a status that is not 0. */
    static GpuException of(String function, int status) {
        String answer = function + " gave status " + status;
        if (status == OUT_OF_MEMORY) {
            return new GpuException(
                    FailureCode.DEVICE_OUT_OF_MEMORY, "the GPU has too little memory (" + answer + ")", null);
        }
        return OF_THE_CALL.contains(status)
                ? new GpuException("the GPU's driver refuses a call: " + answer)
                : new GpuException(
                        FailureCode.DEVICE_FAILED,
                        "the GPU or its driver has failed (" + answer + "); the machine's log says more",
                        null);
    }
}
