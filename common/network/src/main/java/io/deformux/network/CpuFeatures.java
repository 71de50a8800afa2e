package io.deformux.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor says of itself. */
final class CpuFeatures {
    /** Linux's names for instructions that multiply bfloat16: AVX-512 and AMX on x86, and Arm's extension. */
    private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private final Path cpuInfo;

    /** Reads a file in the format of Linux's {@code /proc/cpuinfo}. */
    CpuFeatures(Path cpuInfo) {
        this.cpuInfo = cpuInfo;
    }

    /** This machine's processor. */
    static CpuFeatures ofThisMachine() {
        return new CpuFeatures(Path.of("/proc/cpuinfo"));
    }

    /** Whether it multiplies bfloat16 itself; false where nobody can tell. */
    boolean fastBf16() {
        try {
            return Files.readAllLines(cpuInfo).stream()
                    .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .anyMatch(line -> List.of(line.split("\\s+")).stream().anyMatch(BF16::contains));
        } catch (IOException e) {
            return false;
        }
    }
}
