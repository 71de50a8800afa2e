package io.deformux.worker.train.messaging;

import ai.djl.Device;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.MultiplyAccumulates;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.StoredFile;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.job.FoldData;
import io.deformux.worker.train.job.TrainedFold;
import io.deformux.worker.train.measurement.ProcessMemory;
import io.deformux.worker.train.measurement.Scores;
import io.deformux.worker.train.measurement.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Measures the folds of comparisons. One fold at a time. */
final class FoldMeasuring {
    private final ProcessMemory memory = new ProcessMemory();
    private final Device device;

    FoldMeasuring(Device device) {
        this.device = device;
    }

    /** To be called before a fold is begun. */
    void begin() {
        memory.beginAnew();
    }

    /**
     * Tries a trained fold and keeps its scores in its folder.
     *
     * @param owned called between windows and before anything is seen
     */
    FoldMeasurement measure(FoldPlan plan, FoldData data, TrainedFold trained, Path folder, Runnable owned) {
        Shape3 crop = plan.settings().crop();
        Trial trial = Trial.of(trained.weights(), plan.settings(), data, device, owned);
        return new FoldMeasurement(
                stored(new Scores(plan.preset().targets(), trial.cases()), folder, owned),
                plan.settings().network().modules().count(),
                MultiplyAccumulates.of(plan.settings().network(), crop.d(), crop.h(), crop.w()),
                Math.round(trained.seconds() * 1000),
                trial.cases().size(),
                trial.inferenceMs(),
                memory.largest());
    }

    private static StoredFile stored(Scores scores, Path folder, Runnable owned) {
        try (Scratch work = Scratch.in(folder)) {
            Path staged = work.path().resolve(Scores.FILE);
            scores.write(staged);
            String sha256 = Digest.of(staged);
            owned.run();
            Path file = folder.resolve(Scores.FILE);
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new StoredFile(file.toUri(), sha256);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the fold's scores cannot be written: " + IoReason.of(e),
                    e);
        }
    }

    /** Whether the scores that an earlier attempt has told of are still there as they were. */
    static boolean holds(FoldMeasurement measured, Path folder) {
        try {
            return Digest.of(folder.resolve(Scores.FILE))
                    .equals(measured.scores().sha256());
        } catch (IOException e) {
            return false;
        }
    }
}
