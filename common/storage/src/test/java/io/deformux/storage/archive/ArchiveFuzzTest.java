package io.deformux.storage.archive;

import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.storage.InputLimits;
import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives, damaged in any way, also below a compression that is whole: a folder within the limits or a refusal. */
@Tag("fuzz")
class ArchiveFuzzTest {
    private static final InputLimits LIMITS = new InputLimits(1 << 20, 100, 50, Duration.ofMinutes(1));

    /** Buffers, and a zip's directory of {@link DirectoryBound}. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(8 << 20, 512);

    /** An xz stream says how much its decoder needs, up to the limit of {@link Compression}; it is opened twice. */
    private static final FuzzTarget.Memory XZ_MEMORY = new FuzzTarget.Memory(2 * (128 << 20) + (8 << 20), 512);

    private static final ScratchFolder SCRATCH = new ScratchFolder();

    static Stream<FuzzTarget> targets() {
        Map<String, String> files = new TreeMap<>(Map.of("a/1.dcm", "one".repeat(20), "a/\u00e9.dcm", "two!"));
        byte[] tar = Archives.tar(files);
        return Stream.of(
                target("zip", List.of(Archives.zip(files)), bytes -> open(bytes)),
                target("tar", List.of(tar), ArchiveFuzzTest::open),
                target("tar-in-gzip", List.of(tar), plain -> open(Archives.gzip(plain))),
                target("gzip", List.of(Archives.gzip(tar)), ArchiveFuzzTest::open),
                target("xz", List.of(xz(tar)), XZ_MEMORY, ArchiveFuzzTest::open));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesUnpackingEndsInAFolderOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, FuzzTarget.Reading reading) {
        return target(name, seeds, MEMORY, reading);
    }

    private static FuzzTarget target(
            String name, List<byte[]> seeds, FuzzTarget.Memory memory, FuzzTarget.Reading reading) {
        List<byte[]> tokens = Stream.of(
                        "2f2e2e2f", "504b0102", "504b0304", "504b0506", "504b0606", "0100", "7573746172", "4c", "78")
                .map(HexFormat.of()::parseHex)
                .toList();
        return new FuzzTarget(name, seeds, tokens, ArchiveFuzzTest::isRefusal, memory, reading);
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code().failureClass() == FailureClass.BAD_JOB;
    }

    private static void open(byte[] bytes) {
        Path archive = SCRATCH.write("archive", bytes);
        try {
            Unpacking.open(archive, "digest", SCRATCH.path(), LIMITS);
        } finally {
            SCRATCH.remove("unpacked");
        }
    }

    private static byte[] xz(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XZOutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
            xz.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
