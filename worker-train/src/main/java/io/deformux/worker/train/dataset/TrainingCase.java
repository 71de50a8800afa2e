package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One image with its label map.
 *
 * @param id what splits files call it: the file name of the label map without its extension
 * @param image a file of one volume: NIfTI, MetaImage or NRRD
 * @param label such a file on the same grid
 */
public record TrainingCase(String id, Path image, Path label) {

    /** SHA-256 over the id and the content of both files, which it reads. */
    public String digest() {
        try {
            String line = id + " " + Digest.of(image) + " " + Digest.of(label);
            return Digest.of(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "case " + id + " cannot be read", e);
        }
    }
}
