package io.deformux.network.library;

import ai.djl.util.ClassLoaderUtils;
import ai.djl.util.Platform;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PyTorch that DJL can start on.
 *
 * @param version such as 2.7.1, empty if unknown
 * @param flavor such as cpu
 * @param files its libraries, none if unknown
 * @param folder where they lie if a person or a repair chose them; empty for DJL's own way from the class path
 * @param chosenByUser whether a setting names it
 */
record Libtorch(String version, String flavor, List<LibraryFile> files, Optional<Path> folder, boolean chosenByUser) {
    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final String VERSION = "PYTORCH_VERSION";
    private static final String FLAVOR = "PYTORCH_FLAVOR";

    /** The properties that name a library to DJL. */
    static final Set<String> CHOICE = Set.of(PATH, VERSION, FLAVOR);

    Libtorch {
        files = List.copyOf(files);
    }

    /** What DJL would start on: the first folder named by a setting that holds libtorch, else that of the class path. */
    static Libtorch find(LibrarySettings settings) {
        String version = settings.ofDjl(VERSION).orElse("");
        String flavor = settings.ofDjl(FLAVOR).orElse("");
        String folders = settings.ofDjl(PATH).orElse("")
                + File.pathSeparator
                + Optional.ofNullable(settings.properties().apply("java.library.path"))
                        .orElse("");
        for (String name : folders.split(File.pathSeparator)) {
            Path library = Path.of(name).resolve(System.mapLibraryName("torch"));
            if (!name.isEmpty() && Files.isRegularFile(library)) {
                return inFolder(library.getParent(), version, flavor, true);
            }
        }
        boolean overridden = settings.ofDjl(PATH).isPresent() || !version.isEmpty() || !flavor.isEmpty();
        return overridden ? new Libtorch(version, flavor, List.of(), Optional.empty(), true) : onClassPath();
    }

    /** One in a folder of its own. */
    static Libtorch inFolder(Path folder, String version, String flavor, boolean chosenByUser) {
        Path core = folder.resolve(coreName());
        return new Libtorch(
                version,
                flavor,
                Files.isRegularFile(core) ? List.of(LibraryFile.of(core)) : List.of(),
                Optional.of(folder.toAbsolutePath()),
                chosenByUser);
    }

    private static Libtorch onClassPath() {
        try {
            Platform platform = Platform.detectPlatform("pytorch");
            List<LibraryFile> files = new ArrayList<>();
            for (String name : platform.getLibraries()) {
                URL url = ClassLoaderUtils.getResource(
                        "pytorch/" + platform.getFlavor() + "/" + platform.getClassifier() + "/" + name);
                if (url != null) {
                    files.add(new LibraryFile(name, url));
                }
            }
            // The jar's version ends with the day on which DJL packed it.
            String version = platform.getVersion().replaceFirst("-.*", "");
            return new Libtorch(version, platform.getFlavor(), files, Optional.empty(), false);
        } catch (IOException | AssertionError | IllegalArgumentException e) {
            // DJL itself will say what is wrong when it starts.
            return new Libtorch("", "", List.of(), Optional.empty(), false);
        }
    }

    /** The system properties that make DJL start on it; none where a person has set them, or DJL finds it itself. */
    Map<String, String> startProperties() {
        return folder.isPresent() && !chosenByUser
                ? Map.of(PATH, folder.get().toString(), VERSION, version, FLAVOR, flavor)
                : Map.of();
    }

    /** Whether it computes on GPUs. */
    boolean forCuda() {
        return flavor.startsWith("cu")
                || folder.map(path -> Files.isRegularFile(path.resolve(System.mapLibraryName("torch_cuda"))))
                        .orElse(false);
    }

    /** The library with the arithmetic, if known. */
    Optional<LibraryFile> core() {
        return files.stream().filter(file -> file.name().equals(coreName())).findFirst();
    }

    /** The name of the library with the arithmetic. */
    static String coreName() {
        return System.mapLibraryName("torch_cpu");
    }

    /** As people are told. */
    String describe() {
        return "libtorch" + (version.isEmpty() ? "" : " " + version)
                + folder.map(path -> " in " + path).orElse("");
    }
}
