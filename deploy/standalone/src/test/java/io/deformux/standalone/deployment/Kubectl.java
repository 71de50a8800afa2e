package io.deformux.standalone.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The program that builds manifests; tests are skipped where it is missing. */
final class Kubectl {
    private Kubectl() {}

    static String kustomize(Path folder) throws IOException, InterruptedException {
        assumeTrue(Programs.installed("kubectl"), "no kubectl");
        Path errors = Files.createTempFile("kubectl", ".err");
        try {
            Process process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("kubectl kustomize " + folder + ": " + Files.readString(errors));
            }
            return built;
        } finally {
            Files.delete(errors);
        }
    }
}
