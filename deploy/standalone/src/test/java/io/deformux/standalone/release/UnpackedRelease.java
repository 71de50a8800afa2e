package io.deformux.standalone.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A release as somebody has it who has Java and nothing else: unpacked, and run with a PATH on which there are Java and what
 * the launcher is written in.
 *
 * @param root the folder that the archive holds
 * @param path the only folder on the PATH
 */
record UnpackedRelease(Path root, Path path) {
    private static final List<String> OF_EVERY_SYSTEM =
            List.of("bash", "env", "dirname", "readlink", "locale", "grep", "tty");

    /** Of an archive, in an empty folder. */
    static UnpackedRelease of(Path archive, Path folder) throws IOException, InterruptedException {
        Path path = Files.createDirectory(folder.resolve("path"));
        Files.createSymbolicLink(path.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        for (String program : OF_EVERY_SYSTEM) {
            Files.createSymbolicLink(path.resolve(program), installed(program));
        }
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Files.createDirectory(folder.resolve("home"));
        Said tar = said(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", unpacked.toString()));
        if (tar.exitCode() != 0) {
            throw new AssertionError(tar.errors());
        }
        try (Stream<Path> all = Files.list(unpacked)) {
            return new UnpackedRelease(all.findFirst().orElseThrow(), path);
        }
    }

    /**
     * What a program said.
     *
     * @param text on its standard output
     * @param errors on the other one
     */
    record Said(int exitCode, String text, String errors) {}

    /** Runs a command of the launcher, in a folder of its own. */
    Said run(String... arguments) throws IOException, InterruptedException {
        Path home = path.resolveSibling("home");
        ProcessBuilder launcher = new ProcessBuilder(
                Stream.concat(Stream.of(root.resolve("bin/deformux").toString()), Stream.of(arguments))
                        .toList());
        launcher.environment().clear();
        launcher.environment().putAll(Map.of("PATH", path.toString(), "HOME", home.toString()));
        launcher.environment().put("DEFORMUX_CACHE", home.resolve("cache").toString());
        launcher.environment().put("DJL_CACHE_DIR", home.resolve("djl").toString());
        return said(launcher.directory(home.toFile()));
    }

    /** Runs a program until its end. */
    static Said said(ProcessBuilder program) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("said", ".err");
        try {
            Process process = program.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    private static Path installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + program));
    }
}
