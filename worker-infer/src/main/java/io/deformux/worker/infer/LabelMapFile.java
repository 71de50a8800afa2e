package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.LabelMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Writes a label map as NIfTI and believes it only after reading it back. Safe to share. */
final class LabelMapFile {
    /** The last part of an object's name. */
    static final String NAME = "labels.nii.gz";

    /** The IANA media type of a gzip file; NIfTI has none of its own. */
    static final String MEDIA_TYPE = "application/gzip";

    /** What events call this output. */
    static final String ROLE = "label-map";

    private final NiftiWriter writer;
    private final NiftiReader reader;

    LabelMapFile(NiftiWriter writer, NiftiReader reader) {
        this.writer = Objects.requireNonNull(writer, "writer");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /** Writes into {@code folder} and returns the file; throws {@code OUTPUT_FAILED} if it reads back otherwise. */
    Path write(LabelMap labels, Path folder) {
        Path file = folder.resolve(NAME);
        writer.write(labels, file);
        LabelMap back = reader.readLabels(file);
        if (!back.geometry().shape().equals(labels.geometry().shape())
                || !Arrays.equals(back.labels(), labels.labels())) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the label map did not read back as written: check the scratch disk");
        }
        return file;
    }
}
