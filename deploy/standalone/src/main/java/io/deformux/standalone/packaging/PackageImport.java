package io.deformux.standalone.packaging;

import io.deformux.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;

/** Makes a model package of what was trained elsewhere. */
public interface PackageImport {

    /**
     * Writes the package.
     *
     * @param files the network of each member, all of the same configuration
     * @param directory must not be there yet, or be empty
     * @throws io.deformux.failure.JobException that says what is wrong with the files
     */
    ModelPackage write(List<Path> files, Path directory);
}
