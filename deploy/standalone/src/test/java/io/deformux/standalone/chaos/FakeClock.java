package io.deformux.standalone.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one process, which jumps when it is told to: by libfaketime, where Debian's package is installed. Time
 * that is measured (the monotonic clock) is not touched, as when somebody sets a machine's clock. For one thread.
 */
final class FakeClock {
    private final Path library;
    private final Path setting;

    private FakeClock(Path library, Path setting) {
        this.library = library;
        this.setting = setting;
        jump("+0s");
    }

    /** One that is right; empty where the library is not installed. */
    static Optional<FakeClock> in(Path folder) {
        return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketime.so.1"))
                .filter(Files::exists)
                .findFirst()
                .map(library -> new FakeClock(library, folder.resolve("clock")));
    }

    /** What a process must find in its environment to live by this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                setting.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else every timed wait returns at once, and a process takes all processors.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    /** Jumps to so much before or behind the machine's own time, as {@code +2h}. */
    void jump(String offset) {
        try {
            Path next = Files.writeString(setting.resolveSibling("clock-next"), offset + "\n");
            Files.move(next, setting, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
