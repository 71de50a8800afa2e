package io.deformux.worker.infer.probability;

import static io.deformux.testing.ArrayAssert.assertThatArray;

import io.deformux.nifti.NiftiReader;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.transform.CropBox;
import io.deformux.transform.Grids;
import io.deformux.transform.LabelRule;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.Preset;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the map of a label says where regions are written as labels. */
class RegionMapsTest {
    private static final Shape3 SHAPE = new Shape3(1, 1, 3);

    @TempDir
    private Path folder;

    @Test
    void aLabelOfSeveralRegionsIsAsLikelyAsTheLikeliestOfThem() {
        float[] plane = {
            0.5f, 0.5f, 0.5f, // the threshold
            1, 0, 0, // label 2
            0, 1, 0, // label 1
            0, 0, 1, // label 2 again
        };
        assertThatArray(map(2, plane)).containsExactly(1, 0, 1);
        assertThatArray(map(1, plane)).containsExactly(0, 1, 0);
        assertThatArray(map(3, plane)).containsExactly(0, 0, 0);
    }

    private float[] map(int label, float[] plane) {
        Geometry source = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
        Grids grids = new Preprocessing(Preset.KITS, 100).grids(source);
        MapWish wish = new MapWish(List.of(label), false, false, ProbabilityGrid.NETWORK, ProbabilityType.UINT16);
        Path file = folder.resolve("map.nii");
        try (ProbabilityMaps maps = wish.begin(
                        folder, grids, new CropBox(0, 0, 0, SHAPE), new LabelRule(List.of(2, 1, 2)))
                .orElseThrow()) {
            maps.accept(plane, new DoubtPlane(new float[3], Optional.empty()));
            maps.complete();
            maps.writeClass(label, file);
        }
        return new NiftiReader(100).read(file).voxels();
    }
}
