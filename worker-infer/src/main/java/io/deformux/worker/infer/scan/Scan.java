package io.deformux.worker.infer.scan;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.volume.Volume;
import java.util.Optional;

/**
 * A scan as it was read.
 *
 * @param volume the voxels; of a series with its rows reversed, as {@link ScanReader} says
 * @param source the series they were read from, of whose volume only the geometry still holds; empty for other formats
 */
public record Scan(Volume volume, Optional<DicomSeries> source) {}
