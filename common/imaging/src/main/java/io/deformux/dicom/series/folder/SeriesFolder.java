package io.deformux.dicom.series.folder;

import static io.deformux.failure.FailureCode.DICOM_NO_IMAGES;
import static io.deformux.failure.FailureCode.DICOM_SERIES_MIXED;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.dicom.series.slice.PassedOver.Reason;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.dicom.series.slice.SourceFile;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files below a folder (or one file) and which of them are images of one series. The others are passed over and told,
 * as {@link Reason} has them; those that are not DICOM and named as slices are damaged ones, and a refusal.
 *
 * <p>Symbolic links to files are read, those to folders are not: where links may lead is for {@code storage} to say.
 */
public final class SeriesFolder {
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
    public static SeriesFolder list(Path folder, DicomLimits limits) {
        if (!Files.exists(folder)) {
            throw new JobException(INPUT_NOT_FOUND, "nothing is at the input path: check the reference");
        }
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
            List<Path> paths = walk.filter(Files::isRegularFile)
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
     * The slices of one series.
     *
     * @param slices in name order and that of frames
     * @param passedOver what else there is, in name order
     * @param nameless how many files are not DICOM and have no name that says what they are instead
     */
    public record Found(List<Slice> slices, List<PassedOver> passedOver, int nameless) {}

    /**
     * Reads the headers of one series on all cores.
     *
     * @param wanted the series, or empty where there has to be just one
     */
    public Found read(Optional<String> wanted) {
        AtomicLong count = new AtomicLong();
        List<FileContent> contents = files.parallelStream()
                .map(file -> limited(FileContent.of(file, maxFileBytes, wanted), count))
                .toList();
        List<FileContent> foreign =
                contents.stream().filter(FileContent::isForeign).toList();
        refuseFirst(foreign.stream().filter(content -> SliceNames.saysDicom(content.file())));
        List<FileContent> chosen = choose(contents, wanted);
        SliceNames names = new SliceNames(chosen.stream().map(FileContent::file).toList());
        refuseFirst(foreign.stream().filter(content -> names.has(content.file())));
        chosen.stream()
                .flatMap(content -> content.refusal().stream())
                .findFirst()
                .ifPresent(refusal -> {
                    throw refusal;
                });
        List<Slice> slices =
                chosen.stream().flatMap(content -> content.slices().stream()).toList();
        if (slices.isEmpty()) {
            throw chosen.stream()
                    .flatMap(content -> content.failure().stream())
                    .findFirst()
                    .orElseGet(() -> new JobException(DICOM_NO_IMAGES, "the series has localizers only"));
        }
        Set<FileContent.Form> forms = slices.stream().map(FileContent.Form::of).collect(Collectors.toSet());
        chosen.stream()
                .flatMap(content -> content.lostPlace(forms).stream())
                .findFirst()
                .ifPresent(refusal -> {
                    throw refusal;
                });
        int nameless = (int) foreign.stream()
                .filter(content -> SliceNames.saysNothing(content.file()))
                .count();
        return new Found(
                slices,
                contents.stream()
                        .flatMap(content -> content.passedOver().stream())
                        .toList(),
                nameless);
    }

    private static FileContent limited(FileContent content, AtomicLong count) {
        if (count.addAndGet(content.slices().size()) > MOST_SLICES) {
            throw new JobException(
                    INPUT_TOO_LARGE, "the series has more than the " + MOST_SLICES + " slices that are read");
        }
        return content;
    }

    private static void refuseFirst(Stream<FileContent> damaged) {
        damaged.findFirst().ifPresent(content -> {
            throw content.damaged();
        });
    }

    private static List<FileContent> choose(List<FileContent> contents, Optional<String> wanted) {
        Map<String, List<FileContent>> series = new TreeMap<>();
        contents.forEach(
                content -> content.seriesUid().ifPresent(uid -> series.computeIfAbsent(uid, key -> new ArrayList<>())
                        .add(content)));
        if (series.isEmpty()) {
            String what = "none of the " + contents.size() + " files is a CT or MR image" + describe(contents);
            throw contents.stream().allMatch(FileContent::isNoDicom)
                    ? new NoDicomException(what)
                    : new JobException(DICOM_NO_IMAGES, what);
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

    private static String describe(List<FileContent> contents) {
        Map<Reason, Long> counts = contents.stream()
                .flatMap(content -> content.passedOver().stream())
                .collect(Collectors.groupingBy(PassedOver::reason, TreeMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey().wireName() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    private static String describe(Map<String, List<FileContent>> series) {
        String named = series.entrySet().stream()
                .limit(SERIES_NAMED_IN_ERROR)
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + " files)")
                .collect(Collectors.joining(", "));
        return series.size() > SERIES_NAMED_IN_ERROR ? named + ", ..." : named;
    }
}
