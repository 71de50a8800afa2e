package io.deformux.standalone.option;

import io.deformux.schemas.ComparisonSpec;
import io.deformux.schemas.TrainingSpec;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What one training has beside the recipe: its network and where that begins. */
public final class TrainingOptions {
    @Mixin
    private NetworkOptions network;

    @Option(
            names = "--initial-weights",
            paramLabel = "PATH|URI",
            description = "Weights to start from (default: random ones).")
    private String initialWeights;

    /** What is asked for; the network is as published where nothing was. */
    public TrainingSpec training(RecipeOptions options) {
        options.plan(List.of(network.wanted()));
        ComparisonSpec recipe = options.recipe();
        return new TrainingSpec(
                recipe.dataset(),
                recipe.preprocessing(),
                recipe.split(),
                options.architecture(network.wanted()),
                recipe.settings(),
                recipe.seed(),
                Optional.ofNullable(initialWeights).map(Reference::of));
    }
}
