package io.deformux.worker.train.testing;

import io.deformux.messaging.job.JobContext;
import io.deformux.schemas.Event;
import java.util.ArrayList;
import java.util.List;

/** The first start of a job that nobody takes away, and what it says on its way. */
public class FirstStart implements JobContext {
    private final List<Event> said = new ArrayList<>();

    /** All progress so far, as it came. */
    public List<Event> said() {
        return said;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(Event event) {
        said.add(event);
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
