package io.deformux.worker.infer.outputs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that an output has written.
 *
 * @param role what it is for
 * @param className the class that it is of, where there is a file for each class
 * @param name what it is called below the job's folder: segments parted by {@code /}
 * @param path where it lies until it is stored
 */
public record WrittenFile(OutputRole role, Optional<String> className, String name, Path path) {}
