package io.deformux.worker.train.preparation;

import io.deformux.transform.CropBox;
import io.deformux.transform.Grids;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.LinearAxis;
import io.deformux.volume.Shape3;
import java.util.stream.IntStream;

/**
 * Takes a label map the way its image went: to the preset's spacing by nearest neighbour (ties to the even voxel,
 * borders clamped, as MONAI 0.9's Spacingd), to the preset's axes, to the image's crop box.
 */
final class LabelPreparation {

    private LabelPreparation() {}

    /**
     * The labels of a box, in the order of the image's voxels. Works on all cores.
     *
     * @param labels on {@code grids.source()}
     * @param box in {@code grids.oriented()}
     */
    static byte[] apply(LabelMap labels, Grids grids, CropBox box) {
        Affine toSource = grids.sourceToOriented().matrix().inverse();
        Shape3 source = grids.source().shape();
        Shape3 shape = box.shape();
        byte[] prepared = new byte[shape.length()];
        IntStream.range(0, shape.d()).parallel().forEach(i -> {
            for (int j = 0; j < shape.h(); j++) {
                double[] row = toSource.apply(box.d() + i, box.h() + j, box.w());
                for (int k = 0; k < shape.w(); k++) {
                    int from = source.index(
                            nearest(row[0] + k * toSource.at(0, 2), source.d()),
                            nearest(row[1] + k * toSource.at(1, 2), source.h()),
                            nearest(row[2] + k * toSource.at(2, 2), source.w()));
                    prepared[shape.index(i, j, k)] = labels.labels()[from];
                }
            }
        });
        return prepared;
    }

    private static int nearest(double position, int size) {
        return (int) Math.rint(LinearAxis.clamp(position, size));
    }
}
