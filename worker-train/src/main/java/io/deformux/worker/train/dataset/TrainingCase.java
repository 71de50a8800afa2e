package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * One scan, of one image or several, with its label map.
 *
 * @param id what splits files call it: the file name of the label map without its extension
 * @param images a file of one volume (NIfTI, MetaImage or NRRD) for each channel, or one NIfTI file with all of them
 * @param channels how many images the scan has
 * @param label such a file on the grid of the first image
 * @param ignored the value of voxels of which nobody knows the class; empty if there are none
 */
public record TrainingCase(String id, List<Path> images, int channels, Path label, OptionalInt ignored) {

    /** Checks that there are files. */
    public TrainingCase {
        images = List.copyOf(images);
        if (images.size() != 1 && images.size() != channels) {
            throw new IllegalArgumentException(images.size() + " files for " + channels + " channels");
        }
    }

    /** A case of one image, all of whose voxels have a class. */
    public TrainingCase(String id, Path image, Path label) {
        this(id, List.of(image), 1, label, OptionalInt.empty());
    }

    /** The file of the first image. */
    public Path image() {
        return images.get(0);
    }

    /** The same with that value of voxels of which nobody knows the class. */
    public TrainingCase ignoring(OptionalInt value) {
        return new TrainingCase(id, images, channels, label, value);
    }

    /** SHA-256 over the id, the content of all files, which it reads, and what is ignored in them. */
    public String digest() {
        try {
            StringBuilder line = new StringBuilder(id);
            for (Path image : images) {
                line.append(' ').append(Digest.of(image));
            }
            line.append(' ').append(Digest.of(label));
            ignored.ifPresent(value -> line.append(" without ").append(value));
            return Digest.of(line.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "case " + id + " cannot be read", e);
        }
    }
}
