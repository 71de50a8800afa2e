package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;
import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;
import static io.deformux.failure.FailureCode.DICOM_SERIES_MIXED;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files below a folder (or one file) and which of them are images of one series.
 *
 * <p>Symbolic links to files are read, those to folders are not: where links may lead is for {@code storage} to say.
 * Passed over: names that begin with a dot, files without the DICM mark (unless the name ends in {@code .dcm}: then the
 * file is damaged), and objects of another SOP class than {@link StorageClass} has (DICOMDIR, secondary captures, reports,
 * segmentations) or with the image type LOCALIZER (PS3.3 section C.8.2.1.1.1).
 */
final class SeriesFolder {
    private static final int SERIES_NAMED_IN_ERROR = 20;

    /** Slices of a series; whole-body scans have some thousands. */
    private static final int MOST_SLICES = 1 << 16;

    private final List<SourceFile> files;
    private final int maxFileBytes;

    private SeriesFolder(List<SourceFile> files, int maxFileBytes) {
        this.files = files;
        this.maxFileBytes = maxFileBytes;
    }

    /** Lists the files in name order. */
    static SeriesFolder list(Path folder, DicomLimits limits) {
        if (!Files.exists(folder)) {
            throw new JobException(INPUT_NOT_FOUND, "nothing is at the input path: check the reference");
        }
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
            List<Path> paths = walk.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .limit(limits.maxFiles() + 1L)
                    .sorted()
                    .toList();
            if (paths.size() > limits.maxFiles()) {
                throw new JobException(
                        INPUT_TOO_LARGE, "the folder holds more than the " + limits.maxFiles() + " files allowed");
            }
            List<SourceFile> files = new ArrayList<>();
            for (Path path : paths) {
                files.add(new SourceFile(path, files.size() + 1, paths.size()));
            }
            return new SeriesFolder(files, limits.maxFileBytes());
        } catch (IOException | UncheckedIOException e) {
            // The cause is left out: its message holds a path.
            throw new JobException(STORAGE_UNAVAILABLE, "the input folder could not be listed");
        }
    }

    /**
     * The headers of one series, in name order and that of frames, read on all cores; none where all are localizers.
     *
     * @param wanted the series, or empty where there has to be just one
     */
    List<Slice> slices(Optional<String> wanted) {
        Map<String, List<SourceFile>> series = new TreeMap<>();
        List<Optional<String>> seriesUids =
                files.parallelStream().map(this::seriesOf).toList();
        for (int n = 0; n < seriesUids.size(); n++) {
            SourceFile file = files.get(n);
            seriesUids.get(n).ifPresent(uid -> series.computeIfAbsent(uid, key -> new ArrayList<>())
                    .add(file));
        }
        AtomicLong count = new AtomicLong();
        return choose(series, wanted).parallelStream()
                .flatMap(file -> slices(file, count).stream())
                .toList();
    }

    private List<Slice> slices(SourceFile file, AtomicLong count) {
        List<Slice> slices = readImage(file, open -> ImageFile.slices(file, open.file(), open.storageClass()))
                .orElse(List.of());
        if (count.addAndGet(slices.size()) > MOST_SLICES) {
            throw new JobException(
                    INPUT_TOO_LARGE, "the series has more than the " + MOST_SLICES + " slices that are read");
        }
        return slices;
    }

    private List<SourceFile> choose(Map<String, List<SourceFile>> series, Optional<String> wanted) {
        if (series.isEmpty()) {
            throw new JobException(
                    DICOM_NO_IMAGES,
                    "none of the " + files.size() + " files is a CT or MR image (with the DICOM preamble)");
        }
        if (wanted.isPresent()) {
            return Optional.ofNullable(series.get(wanted.get()))
                    .orElseThrow(() -> new JobException(
                            DICOM_NO_IMAGES, "no image of the series asked for; there are " + describe(series)));
        }
        if (series.size() > 1) {
            throw new JobException(
                    DICOM_SERIES_MIXED,
                    "images of " + series.size() + " series, say which one to read: " + describe(series));
        }
        return series.values().iterator().next();
    }

    private static String describe(Map<String, List<SourceFile>> series) {
        String named = series.entrySet().stream()
                .limit(SERIES_NAMED_IN_ERROR)
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + " files)")
                .collect(Collectors.joining(", "));
        return series.size() > SERIES_NAMED_IN_ERROR ? named + ", ..." : named;
    }

    private Optional<String> seriesOf(SourceFile file) {
        return readImage(file, open -> {
            DataSet header = open.file().header();
            return Slice.isLocalizer(header) ? null : header.uid(Tag.SERIES_INSTANCE_UID);
        });
    }

    /** An open file whose SOP class is one of ours. */
    private record OpenImage(DicomFile file, StorageClass storageClass) {}

    /** Applies {@code use} to an image; empty where the file is none or {@code use} gives null. */
    private <T> Optional<T> readImage(SourceFile source, Function<OpenImage, T> use) {
        Optional<Optional<T>> read = source.read(maxFileBytes, file -> StorageClass.of(file.sopClassUid())
                .map(storageClass -> use.apply(new OpenImage(file, storageClass))));
        if (read.isEmpty() && source.path().toString().toLowerCase(Locale.ROOT).endsWith(".dcm")) {
            throw source.failure(new JobException(
                    DICOM_MALFORMED, "it is called .dcm but has no DICOM preamble: transfer it again or take it out"));
        }
        return read.flatMap(Function.identity());
    }
}
