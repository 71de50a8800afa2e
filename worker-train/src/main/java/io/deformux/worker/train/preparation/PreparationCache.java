package io.deformux.worker.train.preparation;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.LabelMap;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prepared cases in a folder, found by the digests of what they were made from: {@code ROOT/PREPROCESSING/CASE.case}. A
 * file appears as a whole or not at all, and two workers that make the same one at the same time make the same bytes, so
 * no lock is needed. No case is ever deleted here; the folder may be emptied whenever no training runs.
 */
public final class PreparationCache {
    /** Goes into the folder's name: another way of preparing needs another number. */
    private static final int VERSION = 1;

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
        String intensities = preset.channels().stream()
                .map(channel -> channel.intensity().toString())
                .collect(Collectors.joining(" "));
        String way = VERSION + " " + preset.spacing() + " " + intensities + " "
                + preset.classes().size()
                + (preset.axes().equals(NetworkAxes.RECIPE) ? "" : " " + preset.axes())
                + gaps(preset);
        this.key = Digest.of(way.getBytes(StandardCharsets.UTF_8));
        this.folder = root.resolve(key);
        this.preset = preset;
        this.maxVoxels = maxVoxels;
        Scratch.sweep(folder);
    }

    /** The labels that may occur where regions leave some out: a case that is sound for others is none for these. */
    private static String gaps(Preset preset) {
        List<Integer> labels = preset.regions().stream()
                .flatMap(region -> region.labels().stream())
                .distinct()
                .sorted()
                .toList();
        List<Integer> all = IntStream.range(1, preset.classes().size()).boxed().toList();
        return labels.isEmpty() || labels.equals(all) ? "" : " labels " + labels;
    }

    /** Stands for the way of preparing: equal keys give equal cases. */
    public String key() {
        return key;
    }

    /**
     * The prepared form of a case, made now if it is not there.
     *
     * @throws JobException what {@link LabelledScan} finds, all of it, VOLUME_TOO_SMALL if nothing is left after the crop, or
     *     OUTPUT_FAILED if the folder cannot be written
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
        DatasetFindings findings = new DatasetFindings();
        KnownLabels known = new KnownLabels(preset.classes().size(), preset.regions());
        Optional<LabelledScan> scan = LabelledScan.read(each, known, maxVoxels, findings);
        try {
            findings.requireSound();
            write(
                    file,
                    new Preprocessing(preset, maxVoxels)
                            .apply(scan.orElseThrow().channels()),
                    scan.orElseThrow().labels(),
                    surroundings());
        } catch (JobException e) {
            throw new JobException(e.code(), "case " + each.id() + ": " + e.getMessage(), e);
        }
    }

    private float[] surroundings() {
        float[] surroundings = new float[preset.channels().size()];
        for (int channel = 0; channel < surroundings.length; channel++) {
            surroundings[channel] = preset.channels().get(channel).intensity().surroundings();
        }
        return surroundings;
    }

    private static void write(Path file, Preprocessed prepared, LabelMap labels, float[] surroundings)
            throws IOException {
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
                    surroundings,
                    prepared.grids().oriented().affine().spacing(),
                    foreground.image(),
                    preparedLabels);
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
