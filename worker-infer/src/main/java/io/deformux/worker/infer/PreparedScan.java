package io.deformux.worker.infer;

import io.deformux.failure.Warning;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.ScanArrived;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.transform.Preprocessed;
import io.deformux.worker.infer.outputs.ClassChoice;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.result.ResultPlace;
import io.deformux.worker.infer.result.ResultSettings;
import io.deformux.worker.infer.scan.Scan;
import io.deformux.worker.infer.stage.StageClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job whose scan has been fetched, read and preprocessed for a model, all without the device. It owns the job's scratch
 * folder; close it.
 *
 * @param job what was asked for
 * @param model which model it was prepared for
 * @param scratch the job's folder
 * @param input the fetched bytes
 * @param place where its outputs go
 * @param classes which of the model's classes it is about
 * @param wish which maps of probabilities it is to have
 * @param made what decides them besides input and model
 * @param begun when the job first began, where an earlier run of it has said so
 * @param scan the scan as it was read
 * @param warnings what is odd about it
 * @param preprocessed what the network will see
 * @param clock how long each stage took so far
 */
record PreparedScan(
        ScanArrived job,
        ModelPackage model,
        Scratch scratch,
        FetchedInput input,
        ResultPlace place,
        ClassChoice classes,
        MapWish wish,
        ResultSettings made,
        Optional<Instant> begun,
        Scan scan,
        List<Warning> warnings,
        Preprocessed preprocessed,
        StageClock clock)
        implements PreparedJob {

    @Override
    public void close() {
        scratch.close();
    }
}
