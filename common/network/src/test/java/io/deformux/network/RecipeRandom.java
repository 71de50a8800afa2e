package io.deformux.network;

/** The generator of the full-size recipe, which is the one that makes initial weights. */
public final class RecipeRandom {
    private final CounterRandom random;

    /** Numbers of one seed. */
    public RecipeRandom(long seed) {
        this.random = new CounterRandom(seed);
    }

    /** Value {@code index} of parameter {@code stream}, in [0, 1). */
    public double uniform(int stream, int index) {
        return random.uniform(stream, index);
    }
}
