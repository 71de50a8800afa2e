package io.deformux.transform;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.IndexMap;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Resampler;
import io.deformux.volume.Volume;

/**
 * The grids that a scan passes through on its way to the network: as stored, resampled, oriented.
 *
 * @param source the scan's own grid
 * @param resampled the grid of the wanted spacing, stored axes
 * @param untouched whether values are taken over without interpolation: no spacing is wanted, or it is there already
 * @param orientation from stored axes to those of the preset, RAS+ by default
 * @param oriented the resampled grid with these axes
 */
public record Grids(
        Geometry source, Geometry resampled, boolean untouched, Orientation orientation, Geometry oriented) {

    /** The scan's values on the resampled grid. */
    public Resampler resampler(Volume scan) {
        return untouched ? Resampler.untouched(scan, resampled) : Resampler.trilinear(scan, resampled);
    }

    /** From the voxels of the scan to those of the oriented grid. */
    public IndexMap sourceToOriented() {
        IndexMap toResampled = untouched ? new IndexMap(Affine.scaling(1, 1, 1)) : IndexMap.between(source, resampled);
        return toResampled.then(orientation.fromStored(resampled.shape()));
    }

    /** The grid of a part of the oriented grid. */
    public Geometry cropped(CropBox box) {
        Affine shift = Affine.of(1, 0, 0, box.d(), 0, 1, 0, box.h(), 0, 0, 1, box.w());
        return new Geometry(box.shape(), oriented.affine().times(shift));
    }

    /** Nothing but background on the scan's own grid: the result for a scan without foreground. */
    public LabelMap background() {
        return new LabelMap(source, new byte[source.shape().length()]);
    }
}
