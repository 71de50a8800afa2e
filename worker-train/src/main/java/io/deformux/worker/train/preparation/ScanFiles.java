package io.deformux.worker.train.preparation;

import io.deformux.metaimage.MetaImageReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.nrrd.NrrdReader;
import io.deformux.volumefile.VolumeFiles;
import java.util.List;

/** The formats of one volume in a file that data sets come in. */
final class ScanFiles {
    private ScanFiles() {}

    /** Readers that refuse scans with more voxels. */
    static VolumeFiles upTo(long maxVoxels) {
        return new VolumeFiles(
                List.of(new NiftiReader(maxVoxels), new MetaImageReader(maxVoxels), new NrrdReader(maxVoxels)));
    }
}
