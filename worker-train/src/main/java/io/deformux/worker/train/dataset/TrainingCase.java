package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * One image with its label map.
 *
 * @param id what splits files call it: the file name of the label map without its extension
 * @param image a file of one volume: NIfTI, MetaImage or NRRD
 * @param label such a file on the same grid
 * @param ignored the value of voxels of which nobody knows the class; empty if there are none
 */
public record TrainingCase(String id, Path image, Path label, OptionalInt ignored) {

    /** A case all of whose voxels have a class. */
    public TrainingCase(String id, Path image, Path label) {
        this(id, image, label, OptionalInt.empty());
    }

    /** The same with that value of voxels of which nobody knows the class. */
    TrainingCase ignoring(OptionalInt value) {
        return new TrainingCase(id, image, label, value);
    }

    /** SHA-256 over the id, the content of both files, which it reads, and what is ignored in them. */
    public String digest() {
        try {
            String line = id + " " + Digest.of(image) + " " + Digest.of(label)
                    + (ignored.isPresent() ? " without " + ignored.getAsInt() : "");
            return Digest.of(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "case " + id + " cannot be read", e);
        }
    }
}
