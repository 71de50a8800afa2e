package io.deformux.worker.train.preparation;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.TrainingCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Prepared cases in a folder, found by the digests of what they were made from: {@code ROOT/PREPROCESSING/CASE.case}. A
 * file appears as a whole or not at all, and two workers that make the same one at the same time make the same bytes, so
 * no lock is needed. No case is ever deleted here; the folder may be emptied whenever no training runs.
 */
public final class PreparationCache {
    /** Goes into the folder's name: another way of preparing needs another number. */
    private static final int VERSION = 1;
    /** How far an image and its label map may lie apart, in voxels: tools write two or three decimals of a millimetre. */
    private static final double GRID_TOLERANCE = 0.2;

    private final String key;
    private final Path folder;
    private final Preset preset;
    private final long maxVoxels;

    /**
     * A cache for one way of preparing. What dead workers have left in it is deleted.
     *
     * @param root shared by all data sets and presets; made when needed
     * @param preset its classes are the labels that may occur
     * @param maxVoxels the largest scan, as stored and as resampled
     */
    public PreparationCache(Path root, Preset preset, long maxVoxels) {
        String way = VERSION + " " + preset.spacing() + " " + preset.intensity() + " "
                + preset.classes().size();
        this.key = Digest.of(way.getBytes(StandardCharsets.UTF_8));
        this.folder = root.resolve(key);
        this.preset = preset;
        this.maxVoxels = maxVoxels;
        Scratch.sweep(folder);
    }

    /** Stands for the way of preparing: equal keys give equal cases. */
    public String key() {
        return key;
    }

    /**
     * The prepared form of a case, made now if it is not there.
     *
     * @throws JobException DATASET_LABEL_UNKNOWN naming the file, DATASET_GEOMETRY_MISMATCH, VOLUME_TOO_SMALL if nothing
     *     is left after the crop, what {@link NiftiReader} says, or OUTPUT_FAILED if the folder cannot be written
     */
    public PreparedCase get(TrainingCase each) {
        Path file = folder.resolve(each.digest() + ".case");
        try {
            if (Files.notExists(file)) {
                make(each, file);
            }
            PreparedCase found = PreparedCase.open(each.id(), file);
            if (found.spacing()[0] > 0) {
                return found;
            }
            make(each, file); // an older version's, which does not say the spacing
            return PreparedCase.open(each.id(), file);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the cache of prepared cases cannot be written or read: " + IoReason.of(e) + "; look at the disk of"
                            + " the training's output",
                    e);
        }
    }

    private void make(TrainingCase each, Path file) throws IOException {
        NiftiReader reader = new NiftiReader(maxVoxels);
        try {
            Volume scan = reader.read(each.image());
            LabelMap labels = reader.readLabels(each.label());
            requireSameGrid(each, scan.geometry(), labels.geometry());
            requireKnownLabels(each, labels);
            write(file, new Preprocessing(preset, maxVoxels).apply(scan), labels);
        } catch (JobException e) {
            throw new JobException(e.code(), "case " + each.id() + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Preprocessed prepared, LabelMap labels) throws IOException {
        Foreground foreground = prepared.foreground()
                .orElseThrow(() -> new JobException(
                        FailureCode.VOLUME_TOO_SMALL,
                        "no voxel is above the lower end of the intensity window; check the preprocessing"));
        byte[] preparedLabels = LabelPreparation.apply(labels, prepared.grids(), foreground.box());
        try (Scratch making = Scratch.in(file.getParent())) {
            Path staged = making.path().resolve("case");
            PreparedCase.write(
                    staged,
                    foreground.box().shape(),
                    prepared.grids().oriented().affine().spacing(),
                    foreground.image(),
                    preparedLabels);
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void requireSameGrid(TrainingCase each, Geometry image, Geometry label) {
        boolean sameShape = image.shape().equals(label.shape());
        double apart = sameShape ? image.apart(label) : Double.POSITIVE_INFINITY;
        if (apart > GRID_TOLERANCE * image.smallestSpacing()) {
            throw new JobException(
                    FailureCode.DATASET_GEOMETRY_MISMATCH,
                    "the label map has " + label.shape() + " voxels from " + origin(label) + " mm on and the image "
                            + image.shape() + " from " + origin(image) + " mm on"
                            + (sameShape
                                    ? String.format(Locale.ROOT, ", and their voxels lie up to %.3f mm apart", apart)
                                    : "")
                            + ": write it on the image's grid (" + each.label().getFileName() + ")");
        }
    }

    private static String origin(Geometry grid) {
        return String.format(
                Locale.ROOT,
                "(%.3f, %.3f, %.3f)",
                grid.affine().at(0, 3),
                grid.affine().at(1, 3),
                grid.affine().at(2, 3));
    }

    private void requireKnownLabels(TrainingCase each, LabelMap labels) {
        long[] counts = labels.counts();
        int classes = preset.classes().size();
        for (int value = classes; value < counts.length; value++) {
            if (counts[value] > 0) {
                throw new JobException(
                        FailureCode.DATASET_LABEL_UNKNOWN,
                        each.label().getFileName() + " has " + counts[value] + " voxels of the value " + value
                                + ", but the labels end at " + (classes - 1) + ": name it or remove it");
            }
        }
    }
}
