package io.deformux.standalone.bench;

import io.deformux.network.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was measured on.
 *
 * @param processor its name as the system gives it
 * @param cores how many the JVM uses
 * @param java the version of the JVM
 * @param kernels which Java kernels run
 */
public record MeasuredMachine(String processor, int cores, String java, String kernels) {

    /** This machine. */
    public static MeasuredMachine here() {
        return new MeasuredMachine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                Kernels.best().name());
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
