package io.deformux.worker.infer;

import io.deformux.dicom.DicomSeries;
import io.deformux.volume.Volume;
import java.util.Optional;

/**
 * A scan as it was read.
 *
 * @param volume the voxels
 * @param source the series they were read from; empty for other formats
 */
record Scan(Volume volume, Optional<DicomSeries> source) {}
