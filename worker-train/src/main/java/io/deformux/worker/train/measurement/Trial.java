package io.deformux.worker.train.measurement;

import ai.djl.Device;
import io.deformux.evaluation.StructureScore;
import io.deformux.inference.NetworkPredictor;
import io.deformux.network.PrecisionChoice;
import io.deformux.network.ProvenNetwork;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.job.CaseSegmentation;
import io.deformux.worker.train.job.FoldData;
import io.deformux.worker.train.job.FoldSettings;
import io.deformux.worker.train.job.RegionTargets;
import io.deformux.worker.train.preparation.LabelledVoxels;
import io.deformux.worker.train.preparation.PreparedCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a network did on cases.
 *
 * @param cases its scores per case and label, in the order of the cases
 * @param inferenceMs time of the sliding window in ms, the mean over the cases
 */
public record Trial(List<List<StructureScore>> cases, double inferenceMs) {
    /** Surfaces closer than this agree, mm. */
    public static final double TOLERANCE_MM = 1;

    /** Keeps a copy. */
    public Trial {
        cases = List.copyOf(cases);
    }

    /**
     * Runs a network over cases in the precision and with the kernels that an inference worker chooses on this device, and
     * scores it in the preprocessed space.
     *
     * @param weights its archive
     * @param data whose validation cases it is tried on
     * @param owned called between windows; what it throws ends the trial
     * @throws io.deformux.failure.JobException as {@link ProvenNetwork#load}, and {@code JOB_CANCELLED}
     */
    public static Trial of(Path weights, FoldSettings settings, FoldData data, Device device, Runnable owned) {
        Shape3 roi = settings.crop();
        RegionTargets targets = new RegionTargets(data.regions());
        List<PreparedCase> cases = data.validation();
        List<List<StructureScore>> scores = new ArrayList<>();
        long nanos = 0;
        try (ProvenNetwork network = ProvenNetwork.load(
                weights,
                settings.network(),
                device,
                PrecisionChoice.AUTO.on(device),
                roi.d(),
                roi.h(),
                roi.w(),
                settings.seed())) {
            CaseSegmentation segmentation =
                    new CaseSegmentation(roi, settings.overlap(), new NetworkPredictor(network), targets.rule(), owned);
            int classes = segmentation.targets();
            for (PreparedCase each : cases) {
                long start = System.nanoTime();
                byte[] predicted = segmentation.labels(each);
                nanos += System.nanoTime() - start;
                byte[] truth = each.labels();
                scores.add(targets.scores(
                        LabelledVoxels.elseBackground(predicted, truth, classes),
                        LabelledVoxels.elseBackground(truth, truth, classes),
                        classes,
                        each.shape(),
                        each.spacing(),
                        TOLERANCE_MM));
            }
        }
        return new Trial(scores, cases.isEmpty() ? 0 : nanos / 1e6 / cases.size());
    }
}
