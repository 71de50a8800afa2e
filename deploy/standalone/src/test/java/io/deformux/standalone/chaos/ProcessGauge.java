package io.deformux.standalone.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process on Linux holds at one moment.
 *
 * @param heap bytes of the Java heap after a collection
 * @param resident bytes in memory, heap and native
 * @param handles open files and sockets
 * @param threads of Java and of native libraries
 */
record ProcessGauge(double heap, double resident, double handles, double threads) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    /** Collects its garbage and looks. */
    static ProcessGauge of(long pid) throws IOException {
        jcmd(pid, "GC.run");
        double heap = 0;
        for (String line : jcmd(pid, "GC.heap_info").lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.strip().startsWith("Metaspace") && !line.strip().startsWith("class space") && used.find()) {
                heap += Double.parseDouble(used.group(1)) * 1024;
            }
        }
        Path proc = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
            return new ProcessGauge(heap, status(proc, "VmRSS") * 1024, handles.count(), status(proc, "Threads"));
        }
    }

    private static double status(Path proc, String name) throws IOException {
        return Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (said.isEmpty()) {
            throw new IOException("jcmd " + command + " said nothing");
        }
        return said;
    }
}
