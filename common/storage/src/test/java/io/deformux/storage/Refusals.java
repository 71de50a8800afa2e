package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every refusal promises: its code, and nothing of the paths that it is about. */
public final class Refusals {
    /** Stands for a patient's name in the paths of the tests. */
    public static final String PATIENT = "DOE^JANE";

    private Refusals() {}

    /** The refusal, after its code and the silence of its messages were checked. */
    public static JobException refused(FailureCode code, Path root, ThrowingCallable call) {
        JobException failure = catchThrowableOfType(JobException.class, call);
        assertThat(failure).as("refusal").isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage())).doesNotContain(PATIENT, root.toString());
        }
        return failure;
    }
}
