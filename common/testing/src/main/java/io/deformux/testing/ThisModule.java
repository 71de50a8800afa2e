package io.deformux.testing;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Path;

/** Looks at the product's classes of the module whose tests run, wherever those of other modules come from. */
public final class ThisModule implements ImportOption {
    private static final String CLASSES =
            Path.of("target", "classes").toAbsolutePath().toUri().getPath();

    @Override
    public boolean includes(Location location) {
        return location.asURI().getPath() != null && location.asURI().getPath().startsWith(CLASSES);
    }
}
