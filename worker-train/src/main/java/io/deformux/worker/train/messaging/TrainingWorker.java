package io.deformux.worker.train.messaging;

import io.deformux.messaging.JobLoop;
import io.deformux.messaging.JobWorker;
import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.schemas.Publication;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.worker.train.comparison.ComparisonPublication;
import io.deformux.worker.train.plan.PlanApp;
import io.deformux.worker.train.publish.EnsemblePublication;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A running training worker: it plans trainings and comparisons, trains folds, publishes their ensembles and the tables of
 * comparisons, until it is stopped.
 */
public final class TrainingWorker implements RunningWorker {
    private final PlanApp plan;
    private final JobWorker folds;
    private final JobWorker publications;

    private TrainingWorker(PlanApp plan, JobWorker folds, JobWorker publications) {
        this.plan = plan;
        this.folds = folds;
        this.publications = publications;
    }

    /**
     * Starts a worker; it joins its groups and takes work until it is stopped. The topics must be there. What dead workers
     * have left in the scratch folder, in the model store and unfinished at output locations is deleted.
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
        new FileStorage(config.access()).sweep();
        config.models().sweep();
        FoldHandler foldHandler = new FoldHandler(runner);
        ReadyHandler publicationHandler = new ReadyHandler(
                new PublicationHandler(publication(config), Clock.systemUTC()),
                new ComparisonHandler(comparison(config), Clock.systemUTC()));
        PlanApp plan = PlanApp.start(
                config.kafka(),
                config.planGroup(),
                config.folds().source(),
                config.folds().sessionTimeout(),
                observer,
                config.folds().limits().lastResort());
        return new TrainingWorker(
                plan,
                JobWorker.start(
                        new JobLoop<>(
                                config.kafka(), config.folds(), TrainingFoldRequested.class, foldHandler, observer),
                        "fold-loop"),
                JobWorker.start(
                        new JobLoop<>(
                                config.kafka(), config.publications(), Publication.class, publicationHandler, observer),
                        "publication-loop"));
    }

    /** What the publication loop runs; it reads what folds have written. */
    static EnsemblePublication publication(TrainingWorkerConfig config) {
        AccessPolicy outputs = AccessPolicy.files(config.access().outputRoots(), List.of())
                .withLimits(config.access().limits());
        return new EnsemblePublication(
                config.models(), new StorageRouter(List.of(new FileStorage(outputs))), config.scratch());
    }

    /** What it runs for comparisons; the table goes where the folds' figures are. */
    private static ComparisonPublication comparison(TrainingWorkerConfig config) {
        List<Path> roots = config.access().outputRoots();
        AccessPolicy outputs =
                AccessPolicy.files(roots, roots).withLimits(config.access().limits());
        return new ComparisonPublication(new StorageRouter(List.of(new FileStorage(outputs))), config.scratch());
    }

    @Override
    public boolean stop(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        try {
            boolean ended = folds.stop(grace);
            return publications.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && ended;
        } finally {
            plan.close();
        }
    }

    /** Whether its loops work, or wait for what the worker lacks: that of folds, then that of publications. */
    public List<LoopHealth> health() {
        return List.of(folds.health(), publications.health());
    }

    /** Why its planning stands still, by a code; empty if it does not. */
    public Optional<String> planningProblem() {
        return plan.problem();
    }

    @Override
    public boolean isAlive() {
        return folds.isAlive() && publications.isAlive();
    }

    @Override
    public void join() throws InterruptedException {
        folds.join();
        publications.join();
    }
}
