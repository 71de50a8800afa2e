package io.deformux.standalone.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import io.deformux.standalone.release.PageParts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists of a release have what npm brings into the results page. */
class PagePartsTest {
    private static final Path LOCK =
            Fixtures.checkoutRoot().resolve("deploy/results-page/src/viewer/package-lock.json");
    private static final String PAGE = "pkg:maven/io.deformux/deformux-results-page@1?type=jar";

    @TempDir
    Path folder;

    @Test
    void theViewerAndAllThatIsInItIsListed() throws IOException {
        added();

        JsonNode bill = new ObjectMapper().readTree(folder.resolve("sbom.json").toFile());
        JsonNode viewer = component(bill, "niivue").orElseThrow();
        assertThat(viewer.path("group").asText()).isEqualTo("@niivue");
        assertThat(viewer.path("purl").asText()).startsWith("pkg:npm/%40niivue/niivue@");
        assertThat(viewer.at("/licenses/0/license/id").asText()).isEqualTo("BSD-2-Clause");
        assertThat(viewer.at("/hashes/0/content").asText()).matches("[0-9a-f]{128}");
        assertThat(component(bill, "fflate")).isPresent();
        assertThat(dependsOn(bill, PAGE))
                .hasSize(2)
                .element(1)
                .isEqualTo(viewer.path("purl").asText());
        assertThat(dependsOn(bill, viewer.path("purl").asText())).anyMatch(purl -> purl.startsWith("pkg:npm/fflate@"));
        assertThat(Files.readAllLines(folder.resolve("THIRD-PARTY.txt")))
                .contains("     (MIT) what Maven brings")
                .anyMatch(line -> line.matches(" +\\(BSD-2-Clause\\) @niivue/niivue \\(npm:.*"));
    }

    /** Those are for the package's own build, and only for some machines. */
    @Test
    void aPackageThatIsOptionalIsNone() throws IOException {
        added();

        assertThat(Files.readString(LOCK)).contains("@rollup/");
        assertThat(Files.readString(folder.resolve("sbom.json"))).doesNotContain("rollup");
        assertThat(Files.readString(folder.resolve("THIRD-PARTY.txt"))).doesNotContain("rollup");
    }

    @Test
    void aPackageWithoutALicenceIsRefused() throws IOException {
        Path lock = Files.writeString(
                folder.resolve("lock.json"),
                "{\"packages\": {\"node_modules/a\": {\"version\": \"1\", \"integrity\": \"sha512-AAAA\"}}}");

        assertThatThrownBy(() -> PageParts.of(lock)).hasMessageContaining("license of a");
    }

    @Test
    void everyPackageHasTheLengthOfItsDigest() throws IOException {
        assertThat(PageParts.of(LOCK).packages())
                .hasSizeGreaterThan(5)
                .extracting(Part::sha512)
                .allMatch(digest -> digest.matches("[0-9a-f]{128}"));
    }

    private void added() throws IOException {
        Files.writeString(
                folder.resolve("sbom.json"),
                "{\"components\": [{\"name\": \"a\", \"purl\": \"pkg:maven/a/a@1\"}], \"dependencies\": [{\"ref\": \""
                        + PAGE + "\", \"dependsOn\": [\"pkg:maven/a/a@1\"]}]}");
        Files.writeString(folder.resolve("THIRD-PARTY.txt"), "     (MIT) what Maven brings\n");
        PageParts.main(new String[] {folder.toString(), LOCK.toString()});
    }

    private static Optional<JsonNode> component(JsonNode bill, String name) {
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst();
    }

    private static List<String> dependsOn(JsonNode bill, String ref) {
        return StreamSupport.stream(bill.path("dependencies").spliterator(), false)
                .filter(one -> one.path("ref").asText().equals(ref))
                .flatMap(one -> StreamSupport.stream(one.path("dependsOn").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }
}
