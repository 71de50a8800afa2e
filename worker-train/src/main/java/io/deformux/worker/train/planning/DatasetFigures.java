package io.deformux.worker.train.planning;

import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import io.deformux.worker.train.preparation.LabelledScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What planning keeps of a data set.
 *
 * @param channel what the data set calls the images' channel, as CT; empty if it does not say
 * @param scans of every case
 */
public record DatasetFigures(Optional<String> channel, List<ScanFigures> scans) {

    /** Keeps a copy. */
    public DatasetFigures {
        scans = List.copyOf(scans);
    }

    /**
     * Reads every scan and label map, one after the other.
     *
     * @param maxVoxels the largest scan
     * @throws io.deformux.failure.JobException that names all that is wrong with the data set
     */
    public static DatasetFigures of(Dataset dataset, Optional<String> channel, long maxVoxels) {
        DatasetFindings findings = new DatasetFindings();
        List<ScanFigures> scans = new ArrayList<>();
        for (TrainingCase each : dataset.cases()) {
            DatasetFindings ofCase = new DatasetFindings();
            LabelledScan.read(each, dataset.labels().size(), maxVoxels, ofCase)
                    .ifPresent(scan -> scans.add(ScanFigures.of(each.id(), scan)));
            findings.addAll(ofCase, "case " + each.id() + ": ");
        }
        findings.requireSound();
        return new DatasetFigures(channel, scans);
    }

    /** Whether intensities are HU. */
    boolean isCt() {
        return channel.filter(name -> name.strip().equalsIgnoreCase("CT")).isPresent();
    }

    /** All intensities of structures that were kept, in order. */
    float[] structures() {
        int count = scans.stream().mapToInt(scan -> scan.structures().length).sum();
        float[] all = new float[count];
        int at = 0;
        for (ScanFigures scan : scans) {
            System.arraycopy(scan.structures(), 0, all, at, scan.structures().length);
            at += scan.structures().length;
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
