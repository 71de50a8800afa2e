package io.deformux.worker.train.sampling;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the crops of every iteration. Each epoch goes through all cases in an order of its own; which cases, crops and
 * variations iteration n gets follows from the seed and n alone, so that nothing need be remembered to go on from
 * there. Safe to share between threads.
 */
public final class CropSampler {

    private static final int MOST_TOLD = 10;

    private final List<PreparedCase> cases;
    private final List<CropPlaces> places = new ArrayList<>();
    private final Shape3 size;
    private final int casesPerIteration;
    private final int cropsPerCase;
    private final Augmentation augmentation;
    private final long seed;

    /**
     * A sampler over prepared cases; looks at each of their voxels once.
     *
     * @param size of the crops
     * @param casesPerIteration how many cases a batch takes
     * @param cropsPerCase how many crops it takes of each
     * @param anywhere which part of the crops that are not centred on foreground lies anywhere, 0 to 1
     * @throws JobException VOLUME_TOO_SMALL with all cases that are smaller than a crop or have nothing to centre one on
     */
    public CropSampler(
            List<PreparedCase> cases,
            Shape3 size,
            int casesPerIteration,
            int cropsPerCase,
            double anywhere,
            Augmentation augmentation,
            long seed) {
        this.cases = List.copyOf(cases);
        this.size = size;
        this.casesPerIteration = casesPerIteration;
        this.cropsPerCase = cropsPerCase;
        this.augmentation = augmentation;
        this.seed = seed;
        List<String> unfit = new ArrayList<>();
        for (PreparedCase each : cases) {
            try {
                requireRoom(each);
                places.add(new CropPlaces(each, size, anywhere));
            } catch (JobException e) {
                unfit.add(e.getMessage());
            }
        }
        requireNone(unfit);
    }

    /** The number of crops per iteration. */
    public int batch() {
        return casesPerIteration * cropsPerCase;
    }

    /** The size of the crops. */
    public Shape3 size() {
        return size;
    }

    /** The crops of one iteration, counted from 0. */
    public List<Crop> crops(long iteration) {
        List<Crop> crops = new ArrayList<>();
        for (int n = 0; n < casesPerIteration; n++) {
            int chosen = caseAt(iteration * casesPerIteration + n);
            for (int crop = 0; crop < cropsPerCase; crop++) {
                RandomStream random = RandomStream.at(seed, iteration, n, crop);
                PreparedCase from = cases.get(chosen);
                int[] start = places.get(chosen).draw(random);
                crops.add(augmentation.apply(Crop.of(from, start, size), random));
            }
        }
        return crops;
    }

    private int caseAt(long position) {
        long epoch = position / cases.size();
        return RandomStream.at(seed, epoch).permutation(cases.size())[(int) (position % cases.size())];
    }

    private void requireRoom(PreparedCase each) {
        for (int axis = 0; axis < 3; axis++) {
            if (each.shape().axis(axis) < size.axis(axis)) {
                throw new JobException(
                        FailureCode.VOLUME_TOO_SMALL,
                        "case " + each.id() + " has only " + each.shape() + " voxels after preprocessing, a crop needs "
                                + size);
            }
        }
    }

    /** All at once: a person takes smaller crops once and not a case at a time. */
    private static void requireNone(List<String> unfit) {
        if (!unfit.isEmpty()) {
            int told = Math.min(unfit.size(), MOST_TOLD);
            throw new JobException(
                    FailureCode.VOLUME_TOO_SMALL,
                    String.join("; ", unfit.subList(0, told))
                            + (told < unfit.size() ? "; and " + (unfit.size() - told) + " more" : "")
                            + ": take smaller crops or leave " + (unfit.size() == 1 ? "the case" : "the cases")
                            + " out");
        }
    }
}
