package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Volume;
import java.nio.file.Path;

/** Reads the files of one format that holds one volume. Any number of threads may share one. */
public interface VolumeReader {

    /** Whether the first bytes of a file are those of this format; {@code false} if it cannot be read. */
    boolean knows(Path file);

    /**
     * The volume in a file, which holds all of it: a header whose voxels lie in another file is refused, since a reference
     * to one file reaches no other.
     *
     * @throws io.deformux.failure.JobException if it cannot be read; messages carry no path
     */
    Volume read(Path file);

    /**
     * The label map in a file, as {@link #read} finds it.
     *
     * @throws io.deformux.failure.JobException also if a voxel is no integer from 0 to 255
     */
    default LabelMap readLabels(Path file) {
        return LabelValues.of(read(file), FailureCode.VOLUME_HEADER_INVALID);
    }

    /** The volume of a file of a folder; its voxels may lie in another file of that folder. Errors as above. */
    Volume readInFolder(Path file);

    /** The file that holds the voxels of a file of a folder, often that file itself. Errors as above. */
    Path voxels(Path file);
}
