package io.deformux.standalone.run;

import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.cluster.BacklogSurvey;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.ProcessEnd;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Use;
import io.deformux.storage.file.FileStorage;
import io.deformux.telemetry.Telemetry;
import io.deformux.telemetry.health.HealthCheck;
import io.deformux.worker.infer.InferenceWorker;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.train.messaging.TrainingFoldRunner;
import io.deformux.worker.train.messaging.TrainingWorker;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Workers that tell of themselves. */
public final class WatchedWorkers {
    private final Telemetry telemetry;

    /** Workers that {@code telemetry} hears of. */
    public WatchedWorkers(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Starts an inference worker; it is ready when this returns, since it has proven its arithmetic by then. */
    public RunningWorker inference(InferenceWorkerConfig config) {
        requirePlaces(config.models(), config.access());
        watch(config.compute().device());
        InferenceWorker worker = InferenceWorker.start(
                config, telemetry.jobs(Topics.SCAN_ARRIVED, Topics.SCAN_URGENT), telemetry.stages());
        telemetry.watch("inference", worker::isAlive, worker.health());
        return worker;
    }

    /** Starts a training worker on {@code device}. */
    public RunningWorker training(
            TrainingWorkerConfig config, String device, String softwareVersion, Duration stageLimit) {
        requirePlaces(config.models(), config.access());
        watch(device);
        TrainingWorker worker = TrainingWorker.start(
                config,
                TrainingFoldRunner.create(
                        config.access(), config.scratch(), device, softwareVersion, stageLimit, telemetry.training()),
                telemetry.jobs(Topics.TRAINING_FOLD_REQUESTED, Topics.TRAINING_READY));
        List<LoopHealth> loops = worker.health();
        telemetry.watch("folds", worker::isAlive, loops.get(0));
        telemetry.watch("publications", worker::isAlive, loops.get(1));
        telemetry.watchPlanning(worker::planningProblem);
        return worker;
    }

    private void watch(String device) {
        telemetry.watchDevice(device);
        DeviceWatch.start(device, ProcessEnd.HALT::deviceLost);
    }

    /** Watches the cluster that workers of these roles need. */
    public void cluster(KafkaConnection kafka, List<WorkerRole> roles) {
        telemetry.watch(kafka, new BacklogSurvey(kafka, roles));
    }

    /** The folders that jobs need, as they are known from now on. */
    private void requirePlaces(ModelStore models, AccessPolicy access) {
        telemetry.require(check("models", models::requirePresent));
        FileStorage files = new FileStorage(access);
        telemetry.require(check("inputs", () -> requireRoots(files, access.inputRoots(), Use.READ)));
        telemetry.require(check("outputs", () -> requireRoots(files, access.outputRoots(), Use.STORE)));
    }

    private static void requireRoots(FileStorage files, List<Path> roots, Use use) {
        roots.forEach(root -> files.requirePresent(root.toUri(), use));
    }

    private static HealthCheck check(String name, Runnable requires) {
        return HealthCheck.of(name, () -> {
            requires.run();
            return Optional.empty();
        });
    }
}
