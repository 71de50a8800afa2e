package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The root folder of a data set. Nothing outside is ever opened, whatever a file or a link in it says. */
final class DatasetFolder {
    /** What scans and label maps may end with. */
    static final List<String> EXTENSIONS = List.of(".nii.gz", ".nii", ".mha", ".nrrd");

    private final Path root;
    /** The folder as it was named, before links are followed: listings may name it so. */
    private final Path named;

    /** Throws {@link JobException} DATASET_INVALID if the folder is not there. */
    DatasetFolder(Path root) {
        this.named = root.toAbsolutePath().normalize();
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw Dataset.invalid("there is no data set folder at the reference");
        }
    }

    boolean has(String relative) {
        return Files.exists(root.resolve(relative));
    }

    /** The name as it is, or with nnU-Net's suffix of the first channel where only that file is there. */
    String orFirstChannel(String relative) {
        Path file = inside(relative);
        String id = id(relative);
        String name = file.getFileName().toString();
        String first = id + Channels.FIRST + name.substring(id.length());
        return !Files.isRegularFile(file) && Files.isRegularFile(file.resolveSibling(first))
                ? relative.substring(0, relative.length() - name.length()) + first
                : relative;
    }

    /** An image that a listing names, such as {@code ./imagesTr/a.nii.gz}. */
    Path image(String relative) {
        Path file = inside(relative);
        Dataset.require(Files.isRegularFile(file), "the data set lacks the image " + relative);
        return admitted(file, relative);
    }

    /** A label map that a listing names. */
    Path label(String relative) {
        Path file = inside(relative);
        if (!Files.isRegularFile(file)) {
            throw new JobException(
                    FailureCode.DATASET_LABEL_MISSING, "the data set lacks the label map " + relative + ": add it");
        }
        return admitted(file, relative);
    }

    /** A case of images and a label map that a listing names; parameters as those of the case. */
    TrainingCase trainingCase(String id, List<String> images, int channels, String label) {
        return new TrainingCase(
                id, images.stream().map(this::image).toList(), channels, label(label), OptionalInt.empty());
    }

    /** Any other file, which must be there. */
    Path file(String relative) {
        return admitted(inside(relative), relative);
    }

    /** The names of the scans in a sub-folder, sorted; hidden files are left out. */
    List<String> scans(String folder) {
        Path directory = inside(folder);
        Dataset.require(Files.isDirectory(directory), "the data set has no folder " + folder);
        try (Stream<Path> files = Files.list(admitted(directory, folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && isScan(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("a folder of the data set cannot be listed", e);
        }
    }

    /** The file name without folder and extension. */
    static String id(String relative) {
        String name = relative.substring(relative.lastIndexOf('/') + 1);
        return EXTENSIONS.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(extension -> name.substring(0, name.length() - extension.length()))
                .orElseThrow(() -> Dataset.invalid(relative + " is no file that ends with one of " + EXTENSIONS));
    }

    private static boolean isScan(String name) {
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    private Path inside(String relative) {
        try {
            Path path = Path.of(relative);
            Path file = root.resolve(path).normalize();
            if (file.startsWith(root) || file.startsWith(named)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw Dataset.invalid("the data set names a file that cannot exist");
        }
        throw escapes(relative);
    }

    private Path admitted(Path file, String relative) {
        try {
            Path real = file.toRealPath();
            if (real.startsWith(root)) {
                return real;
            }
        } catch (IOException e) {
            throw Dataset.invalid("the data set's " + relative + " cannot be read");
        }
        throw escapes(relative);
    }

    private static JobException escapes(String relative) {
        return new JobException(
                FailureCode.REFERENCE_NOT_ALLOWED,
                relative + " leads out of the data set folder: move the file into it, and name it from there");
    }
}
