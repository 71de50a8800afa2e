package io.deformux.messaging;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Loops that run until the test ends. */
final class Workers implements AutoCloseable {
    /** What a test's job does; its failures become failed events. */
    interface Work {
        List<Event> run(ScanArrived job, JobContext context) throws Exception;
    }

    private final List<JobLoop<ScanArrived>> loops = new ArrayList<>();

    JobLoop<ScanArrived> start(KafkaConnection connection, JobLoopConfig config, Work work) {
        return start(connection, config, handler(work));
    }

    JobLoop<ScanArrived> start(KafkaConnection connection, JobLoopConfig config, JobHandler<ScanArrived> handler) {
        return start(connection, config, handler, JobObserver.NONE);
    }

    JobLoop<ScanArrived> start(
            KafkaConnection connection, JobLoopConfig config, JobHandler<ScanArrived> handler, JobObserver observer) {
        JobLoop<ScanArrived> loop = new JobLoop<>(connection, config, ScanArrived.class, handler, observer);
        loops.add(loop);
        Thread thread = new Thread(loop, "worker-" + loops.size());
        thread.start();
        return loop;
    }

    static JobHandler<ScanArrived> handler(Work work) {
        return new JobHandler<>() {
            @Override
            public List<Event> handle(ScanArrived job, JobContext context) throws Exception {
                return work.run(job, context);
            }

            @Override
            public Event failed(ScanArrived job, JobException cause, int attempt) {
                return Jobs.failed(job, cause, attempt);
            }
        };
    }

    @Override
    public void close() {
        try {
            for (JobLoop<ScanArrived> loop : loops) {
                loop.stop(Duration.ZERO);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
