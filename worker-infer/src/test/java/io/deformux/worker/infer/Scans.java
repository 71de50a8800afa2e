package io.deformux.worker.infer;

import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;

/** Small generated scans: a bright ball in air, in a patient who lies a little askew in the grid. */
public final class Scans {
    private Scans() {}

    public static Volume ball() {
        Shape3 shape = new Shape3(40, 36, 20);
        Geometry geometry = new Geometry(shape, Affine.of(-1.5, 0, 0, 30, 0, -1.5, 0, 20, 0, 0, 3, -40));
        float[] voxels = new float[shape.length()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    double r = Math.hypot(Math.hypot((i - 18) * 1.5, (j - 20) * 1.5), (k - 9) * 3.0);
                    voxels[shape.index(i, j, k)] = r < 24 ? 60 + 5 * (i % 7) + 3 * (j % 5) : -1000;
                }
            }
        }
        return new Volume(geometry, voxels);
    }

    static Path nifti(Path folder) {
        Path file = folder.resolve("ball.nii.gz");
        new NiftiWriter().write(ball(), file);
        return file;
    }

    /** The ball as a converter stores a DICOM series of it: the rows from the last to the first. */
    static Path converted(Path folder) {
        Path file = folder.resolve("converted.nii.gz");
        new NiftiWriter().write(ball().reverseRows(), file);
        return file;
    }

    public static Path dicom(Path folder, String name) {
        new DicomSeriesWriter().write(folder, ball(), name);
        return folder;
    }
}
