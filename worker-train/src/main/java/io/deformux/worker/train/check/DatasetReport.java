package io.deformux.worker.train.check;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.train.dataset.DatasetFinding;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.DatasetReader;
import io.deformux.worker.train.dataset.GivenFold;
import io.deformux.worker.train.dataset.Listing;
import io.deformux.worker.train.dataset.TrainingCase;
import io.deformux.worker.train.preparation.KnownLabels;
import io.deformux.worker.train.preparation.LabelledScan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at a whole data set has found.
 *
 * @param layout what its layout is called; empty if it has none that is known
 * @param channels the names of the images of a case, in their order; empty if there is one and nothing is said of it
 * @param cases how many cases have their files
 * @param labels by value; empty if they cannot be used
 * @param findings in the order of the files
 * @param left how many findings more there were
 */
public record DatasetReport(
        Optional<String> layout,
        List<String> channels,
        int cases,
        List<LabelCount> labels,
        List<DatasetFinding> findings,
        int left) {

    /**
     * Looks at the listings and opens every scan and label map.
     *
     * @param root the folder
     * @param labelsIfUnnamed the class names for layouts that have none
     * @param maxVoxels the largest scan
     * @throws JobException INPUT_NOT_FOUND if there is no such folder; all else is a finding
     */
    public static DatasetReport of(Path root, List<String> labelsIfUnnamed, long maxVoxels) {
        if (!Files.isDirectory(root)) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no data set folder at " + root);
        }
        DatasetFindings findings = new DatasetFindings();
        Optional<Listing> listing = new DatasetReader().list(root, labelsIfUnnamed, findings);
        List<LabelCount> labels =
                listing.map(all -> scans(all, maxVoxels, findings)).orElse(List.of());
        return new DatasetReport(
                listing.map(Listing::layout),
                listing.map(Listing::channels).orElse(List.of()),
                listing.map(all -> all.cases().size()).orElse(0),
                labels,
                findings.all(),
                findings.left());
    }

    /** Whether a training can begin. */
    public boolean sound() {
        return findings.stream().noneMatch(finding -> finding.severity() == DatasetFinding.Severity.ERROR);
    }

    private static List<LabelCount> scans(Listing listing, long maxVoxels, DatasetFindings findings) {
        if (!listing.labels().isEmpty()) {
            findings.attempt(listing::dataset);
        }
        List<LabelCount> counts = new ArrayList<>();
        listing.labels().forEach(name -> counts.add(new LabelCount(name, 0, 0)));
        KnownLabels known = new KnownLabels(counts.size(), listing.regions());
        for (TrainingCase each : listing.cases()) {
            DatasetFindings ofCase = new DatasetFindings();
            LabelledScan.read(each, known, maxVoxels, ofCase).ifPresent(scan -> count(scan, counts));
            findings.addAll(ofCase, "case " + each.id() + ": ");
        }
        for (int label = 0; label < counts.size(); label++) {
            if (known.has(label)
                    && counts.get(label).cases() == 0
                    && !listing.cases().isEmpty()) {
                findings.odd("no label map has a voxel of the label "
                        + counts.get(label).name());
            }
        }
        splits(listing, findings);
        return counts;
    }

    private static void count(LabelledScan scan, List<LabelCount> counts) {
        long[] voxels = scan.labels().counts();
        for (int label = 0; label < counts.size(); label++) {
            counts.set(label, counts.get(label).and(voxels[label]));
        }
    }

    private static void splits(Listing listing, DatasetFindings findings) {
        int folds = listing.givenFolds().size();
        if (folds > 0) {
            findings.odd("the data set brings " + folds + " fold(s) of its own: they are trained with --folds " + folds
                    + "; any other number draws folds with the seed");
        }
        Set<String> known = new HashSet<>();
        listing.cases().forEach(each -> known.add(each.id()));
        for (GivenFold fold : listing.givenFolds()) {
            for (List<String> ids : List.of(fold.train(), fold.validation())) {
                ids.stream()
                        .filter(id -> !known.contains(id))
                        .forEach(id -> findings.odd("the splits name the case " + id + ", which the data set lacks"));
            }
        }
    }
}
