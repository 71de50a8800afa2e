package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program that builds manifests; tests are skipped where it is missing. */
final class Kubectl {
    private static final Pattern MINOR = Pattern.compile("\"minor\": *\"(\\d+)");
    private static final int FIRST_WITH_COMPONENTS = 21;

    private Kubectl() {}

    /** Debian's has none yet. */
    static void assumeItHasComponents() throws IOException, InterruptedException {
        assumeTrue(Programs.installed("kubectl"), "no kubectl");
        String version = run("version", "--client", "-o", "json");
        Matcher minor = MINOR.matcher(version);
        assertThat(minor.find()).as(version).isTrue();
        assumeTrue(Integer.parseInt(minor.group(1)) >= FIRST_WITH_COMPONENTS, "a kubectl without components");
    }

    static String kustomize(Path folder) throws IOException, InterruptedException {
        assumeTrue(Programs.installed("kubectl"), "no kubectl");
        return run("kustomize", folder.toString());
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
        Path errors = Files.createTempFile("kubectl", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(command + ": " + Files.readString(errors));
            }
            return said;
        } finally {
            Files.delete(errors);
        }
    }
}
