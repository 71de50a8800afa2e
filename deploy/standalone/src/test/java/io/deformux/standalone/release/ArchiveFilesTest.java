package io.deformux.standalone.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import io.deformux.standalone.Paper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a release is put together from, before any is built. */
class ArchiveFilesTest {
    private static final Path MODULE = Fixtures.checkoutRoot().resolve("deploy/standalone");

    @Test
    void theLauncherThePagesTheContractAndTheSamplesAreInIt() throws Exception {
        assertThat(sources())
                .containsKeys(
                        "bin/deformux",
                        "LICENSE",
                        "README.md",
                        "deploy/README.md",
                        ".github/RELEASE_NOTES.md",
                        "schemas/src/main/resources/io/deformux/schemas/asyncapi.yaml",
                        "schemas/src/main/resources/io/deformux/schemas/scan.arrived.v1.json",
                        "schemas/clients/events.ts",
                        "deploy/access.properties",
                        "deploy/orthanc/rules.json",
                        "deploy/compose/prepare",
                        "deploy/images/Dockerfile",
                        "docker-compose.yml",
                        "deploy/kubernetes/base/kustomization.yaml");
    }

    @Test
    void everyLinkOfItsPagesLeadsToAFileOfIt() throws Exception {
        Map<String, Path> sources = sources();
        List<String> pages =
                sources.keySet().stream().filter(file -> file.endsWith(".md")).toList();

        assertThat(pages).hasSizeGreaterThan(4);
        for (String page : pages) {
            assertThat(ArchiveLinks.of(page, Paper.read(sources.get(page))))
                    .as(page)
                    .allMatch(sources::containsKey);
        }
    }

    /** A checkout that somebody works in has them, beside what is released. */
    @Test
    void noSecretAndNoDataOfACheckoutIsInIt() throws Exception {
        assertThat(sources().keySet())
                .noneMatch(file -> file.contains("secrets/") || file.endsWith(".env") && !file.endsWith("kafka.env"))
                .noneMatch(file -> file.startsWith("data/") || file.contains("target/"));
    }

    private static Map<String, Path> sources() throws Exception {
        return ArchiveFiles.of(MODULE).sources();
    }
}
