package io.deformux.standalone.run;

import io.deformux.messaging.deadletter.ReplayWorker;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.train.messaging.TrainingWorker;
import java.time.Duration;

/** A worker of either kind while it runs. */
public interface RunningWorker {
    /** Stops it; a running job may end within {@code grace}. */
    boolean stop(Duration grace) throws InterruptedException;

    /** Waits until it has ended. */
    void join() throws InterruptedException;

    static RunningWorker of(InferenceWorker worker) {
        return new RunningWorker() {
            @Override
            public boolean stop(Duration grace) throws InterruptedException {
                return worker.stop(grace);
            }

            @Override
            public void join() throws InterruptedException {
                worker.join();
            }
        };
    }

    static RunningWorker of(ReplayWorker worker) {
        return new RunningWorker() {
            @Override
            public boolean stop(Duration grace) throws InterruptedException {
                return worker.stop(grace);
            }

            @Override
            public void join() throws InterruptedException {
                worker.join();
            }
        };
    }

    static RunningWorker of(TrainingWorker worker) {
        return new RunningWorker() {
            @Override
            public boolean stop(Duration grace) throws InterruptedException {
                return worker.stop(grace);
            }

            @Override
            public void join() throws InterruptedException {
                worker.join();
            }
        };
    }
}
