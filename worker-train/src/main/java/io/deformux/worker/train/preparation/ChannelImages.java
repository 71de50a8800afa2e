package io.deformux.worker.train.preparation;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.volume.AlignedVolume;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The images of a case on the grid of the first one, as they will lie when the network meets a new scan. */
final class ChannelImages {
    private ChannelImages() {}

    /**
     * Reads them.
     *
     * @param maxVoxels the largest of one image
     * @param findings where voxels that are no numbers are noted, and what was resampled
     * @throws JobException what readers throw, DATASET_INVALID if a file has not as many images as the case has channels, or
     *     DATASET_GEOMETRY_MISMATCH if two have no place in common
     */
    static List<Volume> read(TrainingCase each, long maxVoxels, DatasetFindings findings) {
        List<Volume> stored = stored(each, maxVoxels);
        List<Volume> channels = new ArrayList<>();
        for (Volume volume : stored) {
            String image = stored.size() == 1 ? "the image" : "the image of channel " + channels.size();
            requireFinite(image, volume, findings);
            channels.add(channels.isEmpty() ? volume : aligned(image, stored.get(0), volume, findings));
        }
        return channels;
    }

    private static List<Volume> stored(TrainingCase each, long maxVoxels) {
        if (each.images().size() == each.channels()) {
            List<Volume> volumes = new ArrayList<>();
            for (Path file : each.images()) {
                volumes.add(ScanFiles.upTo(maxVoxels).read(file).volume());
            }
            return volumes;
        }
        List<Volume> volumes = new NiftiReader(maxVoxels).readSeries(each.image(), each.channels());
        if (volumes.size() < each.channels()) {
            throw new JobException(
                    FailureCode.DATASET_INVALID,
                    "the image file holds " + volumes.size() + " image(s) and the data set has " + each.channels()
                            + " channels: put all of them along its fourth axis, or into files with the suffixes _0000,"
                            + " _0001, ...");
        }
        return volumes;
    }

    private static void requireFinite(String name, Volume image, DatasetFindings findings) {
        long wrong = 0;
        for (float value : image.voxels()) {
            if (!Float.isFinite(value)) {
                wrong++;
            }
        }
        if (wrong > 0) {
            findings.wrong(
                    FailureCode.DATASET_INVALID,
                    name + " has " + wrong + " voxels that are no numbers (NaN or infinite): write a number there,"
                            + " as that of air");
        }
    }

    private static Volume aligned(String image, Volume first, Volume other, DatasetFindings findings) {
        String words = image + " " + AlignedVolume.words(first.geometry(), other.geometry());
        AlignedVolume aligned = AlignedVolume.of(first, other)
                .orElseThrow(() -> new JobException(
                        FailureCode.DATASET_GEOMETRY_MISMATCH,
                        words + ": they have no place in common; write it on the first one's grid"));
        if (aligned.resampled()) {
            findings.odd(words + ": it is resampled to the first one's grid"
                    + (aligned.covered() < 1
                            ? String.format(
                                    Locale.ROOT,
                                    ", of which it covers %.0f %%, with the values of its border beyond it",
                                    100 * aligned.covered())
                            : ""));
        }
        return aligned.volume();
    }
}
