package io.deformux.network.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the arithmetic of a library can depend on: the processor and its caches, how many threads there are, and the settings
 * of the libraries that compute.
 *
 * @param cpuInfo in the format of Linux's {@code /proc/cpuinfo}
 * @param caches in the format of Linux's {@code /sys/devices/system/cpu/cpu0/cache}
 * @param platform operating system and architecture as Java names them, {@code Linux/amd64}
 * @param processors logical ones
 * @param environment variables by name
 */
record Machine(Path cpuInfo, Path caches, String platform, int processors, Map<String, String> environment) {
    /** The names of the settings of oneDNN, OpenMP, MKL and ATen begin so. */
    private static final List<String> SETTINGS = List.of("ONEDNN_", "DNNL_", "OMP_", "GOMP_", "KMP_", "MKL_", "ATEN_");

    private static final List<String> PROCESSOR = List.of(
            "vendor_id",
            "cpu family",
            "model",
            "model name",
            "stepping",
            "flags",
            "CPU implementer",
            "CPU part",
            "Features");

    /** The one that this JVM runs on. */
    static Machine ofThisJvm() {
        return new Machine(
                Path.of("/proc/cpuinfo"),
                Path.of("/sys/devices/system/cpu/cpu0/cache"),
                System.getProperty("os.name") + "/" + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getenv());
    }

    /** Whether an x86-64 processor under Linux does not say how large its caches are, as under some hypervisors. */
    boolean cachesHidden() {
        return platform.equals("Linux/amd64") && cacheSizes().isEmpty();
    }

    /** Everything as text, the same only on a machine that computes the same. */
    String identity() {
        List<String> lines = new ArrayList<>();
        lines.add("platform: " + platform);
        lines.addAll(firstProcessor());
        lines.add("caches: " + (cacheSizes().isEmpty() ? "hidden" : String.join(", ", cacheSizes())));
        lines.add("logical processors: " + processors);
        new TreeMap<>(environment).forEach((name, value) -> {
            if (SETTINGS.stream().anyMatch(name::startsWith)) {
                lines.add(name + "=" + value);
            }
        });
        return String.join("\n", lines);
    }

    private List<String> firstProcessor() {
        List<String> lines = new ArrayList<>();
        try (Stream<String> all = Files.lines(cpuInfo)) {
            all.takeWhile(line -> !line.isBlank())
                    .filter(line -> PROCESSOR.contains(line.split(":", 2)[0].strip()))
                    .forEach(line -> lines.add(line.replaceAll("\\s+", " ")));
        } catch (IOException | UncheckedIOException e) {
            lines.add("processor: unknown");
        }
        return lines;
    }

    /** Level, kind and size of each cache; empty if they are hidden. */
    private List<String> cacheSizes() {
        try (Stream<Path> entries = Files.list(caches)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("index"))
                    .sorted()
                    .map(entry -> "L" + text(entry.resolve("level")) + " " + text(entry.resolve("type")) + " "
                            + text(entry.resolve("size")))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
