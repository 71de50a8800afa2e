package io.deformux.storage;

import java.nio.file.Path;

/**
 * An input that can be read locally.
 *
 * @param path a file or a folder
 * @param sha256 of what the storage holds as one object, be it an archive: of its bytes; of a folder, prefix or series:
 *     {@link Digest#ofAll} over its files, whatever their names
 * @param bytes the size of all files together
 * @param files the number of files; 1 for a file
 */
public record FetchedInput(Path path, String sha256, long bytes, int files) {}
