package io.deformux.storage.archive;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.InputLimits;
import io.deformux.storage.InputMeter;
import io.deformux.storage.ScratchFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the entries of one archive go: files below one folder, under {@link EntryName their names}. Checks names, doubles,
 * limits and expansion. Belongs to one job and one thread.
 */
final class EntryFolder {
    private static final int MAX_NAME_CHARS = 1024;

    private final Path path;
    private final InputLimits limits;
    private final InputMeter meter;
    private final long archiveBytes;
    private final Set<String> names = new HashSet<>();

    /**
     * An empty folder.
     *
     * @param archiveBytes the size of the archive, for the expansion
     */
    EntryFolder(Path path, InputLimits limits, long archiveBytes) {
        this.path = path;
        this.limits = limits;
        this.meter = limits.meter();
        this.archiveBytes = archiveBytes;
    }

    Path path() {
        return path;
    }

    InputLimits limits() {
        return limits;
    }

    long bytes() {
        return meter.bytes();
    }

    int files() {
        return meter.files();
    }

    /** Takes note of a folder; none is made. */
    void addFolder(String name) {
        normal(name);
        meter.addFolder();
    }

    /** Writes a file; leaves {@code content} open. */
    void addFile(String name, InputStream content) throws IOException {
        String normal = normal(name);
        if (!names.add(normal)) {
            throw invalid("two files of the same name");
        }
        meter.addFile();
        try (ScratchFile out = ScratchFile.create(place(EntryName.of(normal, meter.files())))) {
            expanding(meter.count(content)).transferTo(out);
        }
    }

    /** Where a file goes; makes the folders above it. */
    private Path place(String name) {
        Path file = path.resolve(name);
        if (!ScratchFile.isFree(file, path)) {
            throw invalid("two files of the same name");
        }
        ScratchFile.folders(file.getParent());
        return file;
    }

    /** What to say about an entry that is not taken; entries are not named, a patient may be. */
    static JobException invalid(String what) {
        return new JobException(
                FailureCode.ARCHIVE_INVALID,
                "the archive holds " + what + "; pack only the files of one series, without links");
    }

    private InputStream expanding(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                limits.checkExpansion(archiveBytes, meter.bytes());
                return n;
            }
        };
    }

    private static String normal(String name) {
        if (name.length() > MAX_NAME_CHARS) {
            throw invalid("a name of more than " + MAX_NAME_CHARS + " characters");
        }
        if (name.matches("[/\\\\].*|[A-Za-z]:.*")) {
            throw invalid("an absolute path");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("[/\\\\]")) {
            if (segment.equals("..")) {
                throw invalid("a path that steps upwards with '..'");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }
}
