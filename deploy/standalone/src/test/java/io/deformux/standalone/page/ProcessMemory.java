package io.deformux.standalone.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory a process takes, as Linux tells. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** What is in memory of it, with what it shares with others. */
    static long residentBytes(long pid) {
        return kilobytes(pid, "status", "VmRSS:") * 1024;
    }

    /** What it has for itself alone. */
    static long ownBytes(long pid) {
        return (kilobytes(pid, "smaps_rollup", "Private_Clean:") + kilobytes(pid, "smaps_rollup", "Private_Dirty:"))
                * 1024;
    }

    /** How it calls itself; empty if it has ended. Chromium parts its arguments by blanks, so Java does not see them. */
    static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    private static long kilobytes(long pid, String file, String name) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
