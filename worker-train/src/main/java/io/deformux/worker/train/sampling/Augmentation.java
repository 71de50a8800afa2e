package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How crops are varied: by one variation after the other.
 *
 * @param steps in their order
 */
public record Augmentation(List<Variation> steps) implements Variation {
    /** The reference's for amos and hepatic: one value added, then a rotation and a scale. */
    public static final Augmentation REFERENCE =
            new Augmentation(List.of(new IntensityShift(0.1), new RotationAndScale(Math.PI / 30, 0.1)));

    /** None at all. */
    public static final Augmentation NONE = new Augmentation(List.of());

    /** Keeps a copy. */
    public Augmentation {
        steps = List.copyOf(steps);
    }

    /** The same with some crops deformed elastically at the end. */
    public Augmentation withElasticDeformation() {
        return with(ElasticDeformation.NNUNET);
    }

    /** The same with noise in some crops at the end. */
    public Augmentation withNoise() {
        return with(GaussianNoise.NNUNET);
    }

    /** The same with intensities of some crops raised to a power at the end. */
    public Augmentation withGamma() {
        return with(Gamma.NNUNET_INVERTED, Gamma.NNUNET);
    }

    /** The same with these axes mirrored at the end, each in one half of the crops. */
    public Augmentation withMirroring(List<Integer> axes) {
        return axes.isEmpty() ? this : with(new Mirror(axes));
    }

    private Augmentation with(Variation... further) {
        List<Variation> all = new ArrayList<>(steps);
        all.addAll(List.of(further));
        return new Augmentation(all);
    }

    @Override
    public String identity() {
        return steps.stream().map(Variation::identity).collect(Collectors.joining(", "));
    }

    @Override
    public Crop apply(Crop crop, RandomStream random) {
        Crop varied = crop;
        for (Variation step : steps) {
            varied = step.apply(varied, random);
        }
        return varied;
    }
}
