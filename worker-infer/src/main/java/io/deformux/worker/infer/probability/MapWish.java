package io.deformux.worker.infer.probability;

import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.transform.CropBox;
import io.deformux.transform.Grids;
import io.deformux.transform.LabelRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which maps a job is to have.
 *
 * @param classes of these classes the probabilities
 * @param entropy whether there is one of the entropy too
 * @param disagreement whether there is one of the disagreement of an ensemble's members, which one network has not
 * @param grid on which grid they are written
 * @param type and how
 */
public record MapWish(
        List<Integer> classes, boolean entropy, boolean disagreement, ProbabilityGrid grid, ProbabilityType type) {
    private static final int BYTES = 2;

    /** No maps. */
    public static final MapWish NONE =
            new MapWish(List.of(), false, false, ProbabilityGrid.SCAN, ProbabilityType.UINT8);

    /** The list is copied. */
    public MapWish {
        classes = List.copyOf(classes);
    }

    /** What the files of maps of that many voxels take until they are written as outputs. */
    public long scratchBytes(long voxels) {
        return BYTES * voxels * (classes.size() + (entropy ? 1 : 0) + (disagreement ? 1 : 0));
    }

    /**
     * Maps of an image that is still to be predicted, with files in that folder; nothing where none is wanted.
     *
     * @param rule of which channels a class is
     */
    public Optional<ProbabilityMaps> begin(Path folder, Grids grids, CropBox box, LabelRule rule) {
        return classes.isEmpty() && !entropy && !disagreement
                ? Optional.empty()
                : Optional.of(new ProbabilityMaps(this, folder, grids, box, rule));
    }
}
