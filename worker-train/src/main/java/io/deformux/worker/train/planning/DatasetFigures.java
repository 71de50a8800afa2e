package io.deformux.worker.train.planning;

import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import io.deformux.worker.train.preparation.KnownLabels;
import io.deformux.worker.train.preparation.LabelledScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What planning keeps of a data set.
 *
 * @param channels what the data set calls the images of a case, as CT; empty if there is one and it does not say
 * @param scans of every case
 */
public record DatasetFigures(List<String> channels, List<ScanFigures> scans) {

    /** Keeps copies. */
    public DatasetFigures {
        channels = List.copyOf(channels);
        scans = List.copyOf(scans);
    }

    /**
     * Reads every scan and label map, one after the other.
     *
     * @param maxVoxels the largest scan
     * @throws io.deformux.failure.JobException that names all that is wrong with the data set
     */
    public static DatasetFigures of(Dataset dataset, long maxVoxels) {
        DatasetFindings findings = new DatasetFindings();
        List<ScanFigures> scans = new ArrayList<>();
        KnownLabels known = new KnownLabels(dataset.labels().size(), dataset.regions());
        for (TrainingCase each : dataset.cases()) {
            DatasetFindings ofCase = new DatasetFindings();
            LabelledScan.read(each, known, maxVoxels, ofCase)
                    .ifPresent(scan -> scans.add(ScanFigures.of(each.id(), scan)));
            findings.addAll(ofCase, "case " + each.id() + ": ");
        }
        findings.requireSound();
        return new DatasetFigures(dataset.channels(), scans);
    }

    /** How many images a scan has. */
    int channelCount() {
        return Math.max(1, channels.size());
    }

    /** What a channel is called, if the data set says. */
    Optional<String> name(int channel) {
        return channels.isEmpty() ? Optional.empty() : Optional.of(channels.get(channel));
    }

    /** All intensities of structures that were kept of a channel, in order. */
    float[] structures(int channel) {
        List<float[]> kept = scans.stream()
                .map(scan -> scan.channels().get(channel).structures())
                .toList();
        float[] all = new float[kept.stream().mapToInt(values -> values.length).sum()];
        int at = 0;
        for (float[] values : kept) {
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        Arrays.sort(all);
        return all;
    }

    /** A percentile of a figure over the scans, linear between its neighbours. */
    double percentile(double percent, ToDoubleFunction<ScanFigures> figure) {
        return percentile(percent, scans.stream().mapToDouble(figure).sorted().toArray());
    }

    /** A percentile of values in order, linear between its neighbours. */
    static double percentile(double percent, double[] ordered) {
        double place = percent / 100 * (ordered.length - 1);
        int below = (int) place;
        double above = ordered[Math.min(below + 1, ordered.length - 1)];
        return ordered[below] + (place - below) * (above - ordered[below]);
    }
}
