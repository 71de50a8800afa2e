package io.deformux.standalone.chaos;

import io.deformux.dicom.series.DicomSeriesWriter;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A few scans, of which one is a DICOM series, and jobs that ask for one of them; every fourth is urgent. For one thread. */
final class SmallScans {
    private static final int SCANS = 4;
    /** No divisor of the number of inputs, so that an urgent job may ask for any. */
    private static final int URGENT_ONE_OF = 4;

    private final List<InputReference> inputs = new ArrayList<>();
    private final String run;
    private int jobs;

    /**
     * Writes the scans.
     *
     * @param shape voxels along each axis, of 1 mm
     * @param run begins the ids of the jobs
     */
    SmallScans(Path folder, Shape3 shape, String run) throws IOException {
        this.run = run;
        for (int n = 0; n < SCANS; n++) {
            Path file = folder.resolve("scan-" + n + ".nii");
            new NiftiWriter().write(noise(shape, n), file);
            inputs.add(input(file, InputReference.Kind.NIFTI));
        }
        Path series = folder.resolve("series");
        new DicomSeriesWriter().write(series, noise(shape, SCANS), "chaos");
        inputs.add(input(series, InputReference.Kind.DICOM));
    }

    /** Another job, whose outputs go to that folder. */
    ScanArrived next(URI output) {
        int job = jobs++;
        return new ScanArrived(
                run + "-" + job,
                inputs.get(job % inputs.size()),
                new ModelReference("tiny", Optional.empty()),
                output,
                Optional.empty(),
                Optional.empty(),
                job % URGENT_ONE_OF == 0 ? Optional.of(Priority.URGENT) : Optional.empty());
    }

    private static InputReference input(Path path, InputReference.Kind kind) {
        return new InputReference(path.toUri(), kind, Optional.empty());
    }

    private static Volume noise(Shape3 shape, int seed) {
        Random random = new Random(seed);
        float[] voxels = new float[shape.length()];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = random.nextInt(400) - 150;
        }
        return new Volume(new Geometry(shape, Affine.of(-1, 0, 0, 50, 0, -1, 0, 50, 0, 0, 1, -50)), voxels);
    }
}
