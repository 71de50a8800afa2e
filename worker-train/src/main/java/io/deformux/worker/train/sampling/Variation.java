package io.deformux.worker.train.sampling;

import io.deformux.worker.train.random.RandomStream;

/** One way to vary a crop. Immutable; whether and how much follows from the random stream alone. */
public interface Variation {

    /** A varied copy, or the crop itself where it stays as it is. */
    Crop apply(Crop crop, RandomStream random);

    /** Name and numbers, which stand for it in checkpoints: the same for ever as long as it does the same. */
    String identity();
}
