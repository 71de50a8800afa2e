package io.deformux.worker.train.messaging;

import io.deformux.messaging.JobLoop;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.worker.train.plan.PlanApp;
import io.deformux.worker.train.publish.EnsemblePublication;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running training worker: it plans trainings, trains folds and publishes their ensembles, until it is stopped. */
public final class TrainingWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingWorker.class);

    private final PlanApp plan;
    private final JobLoop<TrainingFoldRequested> folds;
    private final JobLoop<TrainingReady> publications;
    private final List<Thread> threads;

    private TrainingWorker(PlanApp plan, JobLoop<TrainingFoldRequested> folds, JobLoop<TrainingReady> publications) {
        this.plan = plan;
        this.folds = folds;
        this.publications = publications;
        this.threads = List.of(new Thread(folds, "fold-loop"), new Thread(publications, "publication-loop"));
    }

    /**
     * Starts a worker; it joins its groups and takes work until it is stopped. The topics must be there. What dead workers
     * have left in the scratch folder and the model store is deleted.
     *
     * @param runner trains the folds; whoever made it closes what it holds, after the worker has ended
     */
    public static TrainingWorker start(TrainingWorkerConfig config, FoldRunner runner) {
        return start(config, runner, JobObserver.NONE);
    }

    /** The same of a worker whose jobs somebody hears of. */
    public static TrainingWorker start(TrainingWorkerConfig config, FoldRunner runner, JobObserver observer) {
        Objects.requireNonNull(config, "config");
        Scratch.sweep(config.scratch());
        config.models().sweep();
        FoldHandler foldHandler = new FoldHandler(runner);
        PublicationHandler publicationHandler = new PublicationHandler(publication(config), Clock.systemUTC());
        TrainingWorker worker = new TrainingWorker(
                PlanApp.start(
                        config.kafka(),
                        config.planGroup(),
                        config.folds().source(),
                        config.folds().sessionTimeout(),
                        observer,
                        config.folds().limits().lastResort()),
                new JobLoop<>(config.kafka(), config.folds(), TrainingFoldRequested.class, foldHandler, observer),
                new JobLoop<>(
                        config.kafka(), config.publications(), TrainingReady.class, publicationHandler, observer));
        worker.threads.forEach(Thread::start);
        return worker;
    }

    /** What the publication loop runs; it reads what folds have written. */
    static EnsemblePublication publication(TrainingWorkerConfig config) {
        AccessPolicy outputs = AccessPolicy.files(config.access().outputRoots(), List.of())
                .withLimits(config.access().limits());
        return new EnsemblePublication(
                config.models(), new StorageRouter(List.of(new FileStorage(outputs))), config.scratch());
    }

    /**
     * Stops: a running fold and a running publication may end within {@code grace}, then they are given back to the
     * queue.
     *
     * @return whether the worker has ended
     */
    public boolean stop(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        boolean ended;
        try {
            ended = folds.stop(grace);
            ended &= publications.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } finally {
            plan.close();
        }
        if (!ended) {
            LOG.warn("a running job did not stop; its worker leaves the group when the process ends");
        }
        return ended;
    }

    /** Whether its loops work, or wait for what the worker lacks. */
    public List<LoopHealth> health() {
        return List.of(folds.health(), publications.health());
    }

    /** Whether its threads run. */
    public boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** Waits until the worker has ended, which it does after {@link #stop}. */
    public void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Stops without grace: a running fold goes back to the queue. */
    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
