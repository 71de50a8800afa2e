package io.deformux.worker.infer.stage;

import io.deformux.inference.WindowProgress;
import java.time.Instant;

/** What a running job tells, and asks before each of its steps. One thread. */
public interface JobWatch extends WindowProgress {
    /**
     * Before each stage and each file that is stored: throws {@code JOB_CANCELLED} if the job is another worker's, and may
     * wait until that is known.
     */
    void requireOwned();

    /** When the job was asked for, or where nobody knows now. */
    default Instant asked() {
        return Instant.now();
    }

    /** Of a job that nobody can take away. */
    static JobWatch of(WindowProgress progress) {
        return new JobWatch() {
            @Override
            public void requireOwned() {
                // Always.
            }

            @Override
            public void windowsDone(int done, int total) {
                progress.windowsDone(done, total);
            }
        };
    }
}
