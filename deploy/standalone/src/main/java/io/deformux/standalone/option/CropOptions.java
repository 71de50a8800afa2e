package io.deformux.standalone.option;

import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.Variations;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where crops lie and how they are varied. */
final class CropOptions {
    @Option(
            names = "--crops-anywhere",
            paramLabel = "PART",
            description =
                    "Which part of the crops that are not centred on foreground lies anywhere, beyond the border too,"
                            + " from 0 (as in the published recipe, whose networks find structures in air) to 1 (default:"
                            + " ${DEFAULT-VALUE}).")
    private double anywhere = TrainingSettings.CROPS_ANYWHERE;

    @Option(names = "--no-augmentation", description = "Leave out the recipe's shift, rotation and scaling of crops.")
    private boolean noAugmentation;

    @Option(
            names = "--mirror-axes",
            split = ",",
            paramLabel = "AXIS",
            description =
                    "Mirror half of the crops along axis 0 (left to right; not where labels tell the sides apart), 1"
                            + " (back to front) or 2 (below to above).")
    private List<Integer> mirrorAxes = List.of();

    @Option(names = "--elastic", description = "Deform a fifth of the crops elastically.")
    private boolean elastic;

    @Option(names = "--gamma", description = "Raise the intensities of some crops to a power of 0.7 to 1.5.")
    private boolean gamma;

    @Option(names = "--noise", description = "Add Gaussian noise to a tenth of the crops.")
    private boolean noise;

    double anywhere() {
        return anywhere;
    }

    /** Whether the recipe's variations are wanted. */
    boolean augment() {
        return !noAugmentation;
    }

    /** What is wanted beside them. */
    Optional<Variations> variations() {
        boolean wanted = !mirrorAxes.isEmpty() || elastic || gamma || noise;
        return wanted ? Optional.of(new Variations(mirrorAxes, elastic, gamma, noise)) : Optional.empty();
    }
}
