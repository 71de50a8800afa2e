package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What has to be done once before {@code docker compose up}. */
class ComposedPreparationTest {
    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final Pattern BUCKET = Pattern.compile("(?m)^bucket\\.\\w+\\.name = (.+)$");

    @TempDir
    private Path folder;

    /** Also where root prepares, whose folders they could not write to as anybody else. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ourContainersRunAsWhoeverHasTheFoldersAndNeverAsRoot() throws Exception {
        Path data = folder.resolve("data");
        Path script = Files.createDirectories(folder.resolve("deploy/compose")).resolve("prepare");
        Files.copy(ROOT.resolve("deploy/compose/prepare"), script);
        ProcessBuilder prepare = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
        prepare.environment().put("DEFORMUX_SHARE", data.toString());
        Process process = prepare.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        List<String> settings = Files.readAllLines(folder.resolve(".env"));

        assertThat(settings)
                .contains("DEFORMUX_SHARE=" + data)
                .contains("DEFORMUX_USER=" + owner(data))
                .doesNotContain("DEFORMUX_USER=0:0");
        assertThat(folder.resolve("deploy/compose/secrets/dicom-node")).isEmptyDirectory();
        for (String each : List.of("models", "scans", "scans/incoming", "scans/uploads", "datasets", "results")) {
            assertThat(owner(data.resolve(each))).as(each).isEqualTo(owner(data));
        }
    }

    @Test
    void theBucketThatEventsMayNameIsMadeAsTheOperatorsPageSays() throws IOException {
        String page = Files.readString(ROOT.resolve("deploy/README.md"));

        assertThat(Stream.of("access.properties", "page-access.properties").flatMap(this::buckets))
                .hasSizeGreaterThan(2)
                .allSatisfy(bucket ->
                        assertThat(page).contains("echo 's3.bucket.create -name " + bucket + "' | docker compose"));
    }

    private Stream<String> buckets(String file) {
        try {
            String text = Files.readString(ROOT.resolve("deploy/compose").resolve(file));
            return BUCKET.matcher(text).results().map(found -> found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static String owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }
}
