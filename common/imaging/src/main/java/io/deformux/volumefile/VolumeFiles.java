package io.deformux.volumefile;

import static io.deformux.failure.FailureCode.INPUT_FORMAT_UNKNOWN;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.failure.JobException;
import io.deformux.volume.LabelMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One volume in a file of any known format, or in a folder that holds one such file. */
public final class VolumeFiles {
    /** What is taken, for messages. */
    public static final String TAKEN =
            "a DICOM series (folder, .zip, .tar, .tar.gz, .tar.xz), a DICOM file, or one volume as .nii, .nii.gz, .mha"
                    + " or .nrrd, or as .hdr and .img, .mhd or .nhdr with its data in a folder or archive";

    /** What is taken where a volume has to be in one file. */
    private static final String VOLUME = "a volume in one file: .nii, .nii.gz, .mha or .nrrd";

    private static final Pattern VOLUME_NAME =
            Pattern.compile(".*\\.(nii|mha|mhd|nrrd|nhdr)(\\.gz)?", Pattern.CASE_INSENSITIVE);

    /** How many files are looked at to say what an input is. */
    private static final int LOOKED_AT = 100;

    private final List<VolumeReader> readers;

    /** Files of these formats. */
    public VolumeFiles(List<VolumeReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /** Whether a file is of one of the formats. */
    public boolean knows(Path file) {
        return reader(file).isPresent();
    }

    /** The files of the formats below a folder, in name order; the file itself where it is no folder. */
    public List<Path> find(Path folder) {
        return files(folder).stream()
                .filter(path -> !isHidden(path) && knows(path))
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            // The cause is left out: its message holds a path.
            throw new JobException(STORAGE_UNAVAILABLE, "the input folder could not be listed");
        }
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /**
     * The volume in a file, or in the one file of a folder.
     *
     * @throws JobException {@code INPUT_FORMAT_UNKNOWN} for a file of none of the formats and for a folder without or with
     *     several, {@code INPUT_TRUNCATED} for a folder with another file that is named as a volume and is none, and what
     *     the readers throw
     */
    public FoundVolume read(Path input) {
        if (!Files.isDirectory(input)) {
            return new FoundVolume(
                    reader(input).orElseThrow(() -> unknown(input)).read(input), false, List.of(), List.of());
        }
        List<Path> files = find(input);
        if (files.isEmpty()) {
            throw new JobException(INPUT_FORMAT_UNKNOWN, "no file of the input is a volume; taken is " + TAKEN);
        }
        if (files.size() > 1) {
            throw new JobException(
                    INPUT_FORMAT_UNKNOWN,
                    "the input holds " + files.size() + " volumes: send the one that is to be segmented");
        }
        return read(files.get(0), files(input));
    }

    /**
     * The label map in a file.
     *
     * @throws JobException {@code INPUT_FORMAT_UNKNOWN} for a file of none of the formats, and what the readers throw
     */
    public LabelMap readLabels(Path file) {
        return reader(file).orElseThrow(() -> unreadable(file)).readLabels(file);
    }

    private static JobException unreadable(Path file) {
        if (!Files.isRegularFile(file)) {
            return new JobException(INPUT_NOT_FOUND, "there is no file at the reference");
        }
        return named(FileSignature.of(file).map(FileSignature::words).orElse("a file of an unknown format"), VOLUME);
    }

    private FoundVolume read(Path file, List<Path> all) {
        VolumeReader reader = reader(file).orElseThrow();
        Path voxels = reader.voxels(file);
        List<Integer> hidden = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int n = 0; n < all.size(); n++) {
            Path other = all.get(n);
            if (isHidden(other)) {
                hidden.add(n + 1);
            } else if (!other.equals(file) && !other.equals(voxels)) {
                requireNoVolume(other, n + 1, all.size());
                others.add(n + 1);
            }
        }
        return new FoundVolume(reader.readInFolder(file), true, hidden, others);
    }

    /** One that is damaged could be the volume that was meant. */
    private static void requireNoVolume(Path file, int number, int total) {
        if (VOLUME_NAME.matcher(file.getFileName().toString()).matches()) {
            throw new JobException(
                    INPUT_TRUNCATED,
                    "file " + number + " of " + total + " (in name order) is named as a volume and is none that can be"
                            + " read: send it again or take it out");
        }
    }

    /**
     * What to say of an input in which neither DICOM images nor a volume were found: what its files are, where they are all
     * of one kind that has a name here.
     */
    public Optional<JobException> whatElse(Path input) {
        Set<FileSignature> found = EnumSet.noneOf(FileSignature.class);
        try (Stream<Path> walk = Files.walk(input.toRealPath())) {
            for (Path file : walk.filter(Files::isRegularFile).limit(LOOKED_AT).toList()) {
                Optional<FileSignature> signature = FileSignature.of(file);
                if (signature.isEmpty()) {
                    return Optional.empty();
                }
                found.add(signature.get());
            }
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
        return found.size() == 1 && !found.contains(FileSignature.DICOM)
                ? Optional.of(named(found.iterator().next().words()))
                : Optional.empty();
    }

    private static JobException unknown(Path file) {
        return named(FileSignature.of(file).map(FileSignature::words).orElse("a file of an unknown format"));
    }

    private static JobException named(String what) {
        return named(what, TAKEN);
    }

    private static JobException named(String what, String taken) {
        return new JobException(INPUT_FORMAT_UNKNOWN, "this is " + what + "; taken is " + taken);
    }

    private Optional<VolumeReader> reader(Path file) {
        return readers.stream().filter(reader -> reader.knows(file)).findFirst();
    }
}
