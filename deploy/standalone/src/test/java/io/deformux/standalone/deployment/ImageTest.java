package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.parity.Fixtures;
import io.deformux.testing.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image of the programs, built and used without a container engine: {@code mvn -q verify -Pimage}. */
@Tag("image")
class ImageTest {
    private static final Path ROOT = Fixtures.checkoutRoot();

    @Test
    @Timeout(1800)
    void aScanIsSegmentedInTheImage() throws Exception {
        assumeTrue(Programs.installed("buildah") && Programs.installed("debootstrap"), "no buildah or no debootstrap");
        Path scan = Fixtures.data("ct-head/dicom");

        Process process = new ProcessBuilder(ROOT.resolve("deploy/images/try").toString(), scan.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("the image segmented a scan");
        Files.writeString(Path.of("target", "image.txt"), said);
    }
}
