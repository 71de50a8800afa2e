package io.deformux.network.library;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a person can set about the library, as a system property or an environment variable:
 *
 * <ul>
 *   <li>{@code deformux.library-repair}, {@code DEFORMUX_LIBRARY_REPAIR}: {@code off} never starts on a corrected copy
 *   <li>{@code deformux.cache}, {@code DEFORMUX_CACHE}: the folder of copies, digests and verdicts; else {@code deformux}
 *       in {@code XDG_CACHE_HOME} or {@code ~/.cache}. Everything there is made anew when it is missing
 *   <li>{@code deformux.arithmetic}, {@code DEFORMUX_ARITHMETIC}: see {@link ForcedArithmetic}
 *   <li>{@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_VERSION}, {@code PYTORCH_FLAVOR}: DJL's own, for another libtorch
 * </ul>
 *
 * @param environment variables by name, null if not set
 * @param properties system properties by name, null if not set
 */
record LibrarySettings(UnaryOperator<String> environment, UnaryOperator<String> properties) {

    /** Those of this process. */
    static LibrarySettings ofThisJvm() {
        return new LibrarySettings(System::getenv, System::getProperty);
    }

    /** Throws {@link IllegalArgumentException} for any other value than on and off. */
    boolean repairAllowed() {
        String value = own("deformux.library-repair", "DEFORMUX_LIBRARY_REPAIR").orElse("on");
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("the library's repair must be on or off, not " + value);
        };
    }

    /** Throws {@link IllegalArgumentException} if it names none. */
    Optional<ForcedArithmetic> forced() {
        return own("deformux.arithmetic", "DEFORMUX_ARITHMETIC").map(ForcedArithmetic::parse);
    }

    Path cacheFolder() {
        return own("deformux.cache", "DEFORMUX_CACHE")
                .map(Path::of)
                .or(() -> Optional.ofNullable(environment.apply("XDG_CACHE_HOME"))
                        .map(Path::of)
                        // The XDG Base Directory Specification says to ignore a relative one.
                        .filter(Path::isAbsolute)
                        .map(folder -> folder.resolve("deformux")))
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".cache", "deformux"))
                .toAbsolutePath();
    }

    /** As DJL reads its own: the environment first. */
    Optional<String> ofDjl(String name) {
        return Optional.ofNullable(environment.apply(name)).or(() -> Optional.ofNullable(properties.apply(name)));
    }

    /** The command line over the environment. */
    private Optional<String> own(String property, String variable) {
        return Optional.ofNullable(properties.apply(property))
                .or(() -> Optional.ofNullable(environment.apply(variable)))
                .filter(value -> !value.isBlank());
    }
}
