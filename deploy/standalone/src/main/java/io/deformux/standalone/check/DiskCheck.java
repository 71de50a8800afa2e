package io.deformux.standalone.check;

import io.deformux.failure.JobException;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether files can be written where they must be, and how much room there is. */
public final class DiskCheck implements Check {
    private static final String SECTION = "disk";

    /** A series of 1000 slices, unpacked beside its archive, and its outputs. */
    private static final long NEEDED = 2 * Gigabytes.ONE;

    private final Path scratch;
    private final Map<String, Path> others;

    /**
     * @param scratch where jobs keep their files
     * @param others further folders by what they are for; they are only measured
     */
    public DiskCheck(Path scratch, Map<String, Path> others) {
        this.scratch = scratch;
        this.others = others;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(scratch());
        for (Map.Entry<String, Path> other : others.entrySet()) {
            findings.add(room(other.getKey(), other.getValue()));
        }
        return findings;
    }

    private Finding scratch() throws IOException {
        try (Scratch job = Scratch.in(scratch)) {
            Files.write(job.path().resolve("written"), new byte[1]);
        } catch (JobException | IOException e) {
            return Finding.fail(
                    SECTION,
                    "scratch",
                    scratch + " cannot be written",
                    "make it writable for this user, or give workers another folder with --scratch");
        }
        return room("scratch", scratch);
    }

    private static Finding room(String name, Path folder) throws IOException {
        long free = Files.getFileStore(existing(folder)).getUsableSpace();
        String value = Gigabytes.text(free) + " free in " + folder;
        return free < NEEDED
                ? Finding.warn(
                        SECTION, name, value, "make room: " + Gigabytes.text(NEEDED) + " are little for large scans")
                : Finding.ok(SECTION, name, value);
    }

    /** The folder, or the one in which it will be made. */
    private static Path existing(Path folder) {
        Path path = folder.toAbsolutePath();
        while (Files.notExists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
