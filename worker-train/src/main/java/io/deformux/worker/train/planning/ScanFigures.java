package io.deformux.worker.train.planning;

import io.deformux.transform.Orientation;
import io.deformux.volume.Geometry;
import io.deformux.worker.train.preparation.LabelledScan;
import java.util.List;

/**
 * What planning keeps of a scan, in the order of its stored axes.
 *
 * @param id the case's
 * @param spacing of the voxels in mm
 * @param storedAxes the stored axis of each axis from left to right, from back to front, from below to above
 * @param channels of each of its images, which lie on one grid
 */
record ScanFigures(String id, double[] spacing, int[] storedAxes, List<ChannelFigures> channels) {

    static ScanFigures of(String id, LabelledScan scan) {
        Geometry geometry = scan.image().geometry();
        Orientation orientation = Orientation.toRas(geometry.affine());
        return new ScanFigures(
                id,
                geometry.affine().spacing(),
                new int[] {orientation.storedAxis(0), orientation.storedAxis(1), orientation.storedAxis(2)},
                scan.channels().stream()
                        .map(image -> ChannelFigures.of(image, scan.labels()))
                        .toList());
    }

    int size(int axis) {
        return channels.get(0).size(axis);
    }
}
