package io.deformux.storage;

import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.ScratchFolder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Access files, damaged in any way: a policy, or {@link IllegalArgumentException} that says what is wrong. */
@Tag("fuzz")
class AccessFileFuzzTest {
    private static final ScratchFolder SCRATCH = new ScratchFolder();
    private static final String FILE =
            """
            roots.input = /data/scans, /data/more
            roots.output = /data/results
            limits.max-bytes = 17179869184
            limits.max-files = 20000
            limits.max-expansion = 200
            limits.max-seconds = 3600
            timeouts.connect-seconds = 10
            timeouts.stall-seconds = 60
            host.pacs.origin = http://orthanc:8042
            host.pacs.networks = 10.0.0.0/8, 2001:db8::/32
            host.pacs.allow = read, store
            host.share.origin = https://*.example.org
            bucket.scans.name = scans
            bucket.scans.prefix = incoming/
            bucket.scans.endpoint = http://minio:9000
            bucket.scans.region = us-east-1
            bucket.results.name = scans
            bucket.results.allow = store
            """;

    static Stream<FuzzTarget> targets() {
        List<byte[]> words = Stream.of(
                        "\\u00", "/33", "-env = X\n", ",", ":", "://", "*", "[", "%", "..", "\u0000", "9".repeat(30))
                .map(Archives::bytes)
                .toList();
        return Stream.of(new FuzzTarget(
                "access-file",
                List.of(Archives.bytes(FILE)),
                words,
                AccessFileFuzzTest::isRefusal,
                new FuzzTarget.Memory(1 << 20, 512),
                bytes -> AccessFile.read(SCRATCH.write("access", bytes))));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAPolicyOrAWordOfWhatIsWrong(FuzzTarget target) {
        FuzzRun.check(target);
    }

    /** A file that is not UTF-8 cannot be read. */
    private static boolean isRefusal(Throwable thrown) {
        return thrown.getClass() == IllegalArgumentException.class || thrown instanceof java.io.UncheckedIOException;
    }
}
