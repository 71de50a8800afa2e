package io.deformux.worker.train.preparation;

import io.deformux.failure.FailureCode;
import io.deformux.volume.GridComparison;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The files of a training case, read and found sound: a training and {@code deformux dataset check} look at them alike.
 *
 * @param channels its images, all on the first one's grid, finite everywhere
 * @param labels on that grid, {@link LabelledVoxels#IGNORED} where the data set says that nobody knows
 */
public record LabelledScan(List<Volume> channels, LabelMap labels) {

    /** Keeps a copy. */
    public LabelledScan {
        channels = List.copyOf(channels);
    }

    /** The first image. */
    public Volume image() {
        return channels.get(0);
    }

    /**
     * Reads the files of a case.
     *
     * @param known the labels of the data set
     * @param maxVoxels the largest scan
     * @param findings where all that is wrong is noted, without the name of the case
     * @return images and labels, even if something is wrong with them; empty if one of them cannot be read
     */
    public static Optional<LabelledScan> read(
            TrainingCase each, KnownLabels known, long maxVoxels, DatasetFindings findings) {
        Optional<List<Volume>> images = findings.attempt(() -> ChannelImages.read(each, maxVoxels, findings));
        Optional<LabelMap> stored =
                findings.attempt(() -> ScanFiles.upTo(maxVoxels).readLabels(each.label()));
        stored.ifPresent(map -> requireKnown(each, map, known, findings));
        if (images.isEmpty() || stored.isEmpty()) {
            return Optional.empty();
        }
        requireSameGrid(each, images.get().get(0), stored.get(), findings);
        return Optional.of(new LabelledScan(images.get(), ignoring(each.ignored(), stored.get())));
    }

    private static LabelMap ignoring(OptionalInt value, LabelMap labels) {
        if (value.isEmpty()) {
            return labels;
        }
        byte[] known = labels.labels().clone();
        for (int n = 0; n < known.length; n++) {
            if ((known[n] & 0xff) == value.getAsInt()) {
                known[n] = LabelledVoxels.IGNORED;
            }
        }
        return new LabelMap(labels.geometry(), known);
    }

    private static void requireKnown(TrainingCase each, LabelMap labels, KnownLabels known, DatasetFindings findings) {
        long[] counts = labels.counts();
        if (counts[0] == labels.labels().length) {
            findings.odd("the label map has no voxel but background");
        }
        for (int value = 0; value < counts.length; value++) {
            if (counts[value] > 0
                    && !known.has(value)
                    && value != each.ignored().orElse(-1)) {
                findings.wrong(
                        FailureCode.DATASET_LABEL_UNKNOWN,
                        each.label().getFileName() + " has " + counts[value] + " voxels of the value " + value
                                + ", but " + known.words() + ": name it or remove it");
            }
        }
    }

    private static void requireSameGrid(TrainingCase each, Volume image, LabelMap labels, DatasetFindings findings) {
        GridComparison grids = new GridComparison(image.geometry(), labels.geometry());
        if (!grids.same()) {
            findings.wrong(
                    FailureCode.DATASET_GEOMETRY_MISMATCH,
                    "the label map has " + GridComparison.words(labels.geometry()) + " and the image "
                            + GridComparison.words(image.geometry()) + grids.distance()
                            + ": write it on the image's grid (" + each.label().getFileName() + ")");
        }
    }
}
