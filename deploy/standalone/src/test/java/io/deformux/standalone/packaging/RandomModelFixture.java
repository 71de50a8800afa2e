package io.deformux.standalone.packaging;

import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.transform.Preset;
import java.nio.file.Path;
import java.util.List;

/** A model that runs in a blink. */
public final class RandomModelFixture {
    private RandomModelFixture() {}

    /** Written into a folder that is not there yet. */
    public static ModelPackage tiny(Path directory) {
        return tiny(directory, "tiny");
    }

    /** The same under another name. */
    public static ModelPackage tiny(Path directory, String name) {
        return new RandomModel(
                        new ModelId(name, "1"),
                        Preset.KITS,
                        new DeformUxNetConfig(
                                1, Preset.KITS.classes().size(), List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3),
                        new WindowDefaults(List.of(32, 32, 32), 0.25, "constant"),
                        5)
                .write(directory);
    }
}
