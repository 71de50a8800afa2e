package io.deformux.standalone;

import io.deformux.standalone.command.ExitCode;
import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings files, damaged in any way: what holds, or one word of what is wrong and the exit code of wrong usage. */
@Tag("fuzz")
class SettingsFuzzTest {
    /** A command line is made anew for each. */
    private static final int SLOWER = 100;

    private static final ScratchFolder SCRATCH = new ScratchFolder();

    static Stream<FuzzTarget> targets() {
        byte[] settings = Archives.bytes(
                """
                bootstrap-servers = localhost:9092
                models = /models
                max-voxels = 1000
                grace-seconds = 1
                retry-seconds = 5,300
                no-create-topics = true
                outputs = dicom-seg, mesh
                device = cuda:1
                allow-input = /a,/b
                kafka.security.protocol = SSL
                kafka.ssl.key.password = hidden1
                """);
        List<byte[]> words = Stream.of(
                        "\\u00", "\\", "=", ",", "kafka.", "-", "\n", " = ", "9".repeat(30), "@", "${", "%")
                .map(Archives::bytes)
                .toList();
        return Stream.of(new FuzzTarget(
                "settings-file",
                List.of(settings),
                words,
                thrown -> false,
                new FuzzTarget.Memory(32 << 20, 1024),
                SettingsFuzzTest::read));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheFileItIsUnderstoodOrRefusedInWords(FuzzTarget target) {
        FuzzRun.check(target, SLOWER);
    }

    private static void read(byte[] file) {
        String path = SCRATCH.write("settings", file).toString();
        StringWriter err = new StringWriter();
        int code = Deformux.commandLine(Map.of())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute("config", "infer-worker", "--config", path);
        boolean said = code == ExitCode.USAGE
                && !err.toString().isBlank()
                && !err.toString().contains("\tat ");
        if (code != ExitCode.OK && !said) {
            throw new IllegalStateException("exit code " + code + ": " + err);
        }
    }
}
