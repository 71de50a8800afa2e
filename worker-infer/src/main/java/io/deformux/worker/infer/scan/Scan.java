package io.deformux.worker.infer.scan;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.volume.Volume;
import java.util.List;
import java.util.Optional;

/**
 * A scan as it was read.
 *
 * @param volume the voxels; of a series with its rows reversed, as {@link ScanReader} says
 * @param source the series they were read from, of whose volume only the geometry still holds; empty for other formats
 * @param passedOver what else the input holds; empty where it is one file by itself
 */
public record Scan(Volume volume, Optional<DicomSeries> source, Optional<List<PassedOver>> passedOver) {}
