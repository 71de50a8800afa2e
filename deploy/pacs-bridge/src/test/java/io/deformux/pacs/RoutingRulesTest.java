package io.deformux.pacs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingRulesTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstRuleThatFitsDecides() throws IOException {
        RoutingRules rules = read(
                """
                {"rules": [
                  {"modality": "ct", "bodyPart": "Head", "model": "head", "output": "file:///a/"},
                  {"description": "abdom", "model": "amos", "modelVersion": "2", "output": "file:///b/",
                   "dicomOutput": "dicomweb://pacs/studies", "dicomSegKind": "labelmap"},
                  {"modality": "MR", "model": "mr", "output": "file:///c/"}]}
                """);
        assertThat(rules.of(series("CT", "HEAD", "ABDOMEN")).orElseThrow().model())
                .isEqualTo("head");
        assertThat(rules.of(series("CT", "", "Ct Abdomen pv")).orElseThrow().model())
                .isEqualTo("amos");
        assertThat(rules.of(series("MR", "KNEE", "")).orElseThrow().model()).isEqualTo("mr");
        assertThat(rules.of(series("CT", "KNEE", ""))).isEmpty();
    }

    @Test
    void whatIsNullIsNotAskedFor() throws IOException {
        RoutingRules rules = read(
                "{\"rules\": [{\"modality\": null, \"bodyPart\": null, \"model\": \"a\", \"output\": \"file:///a/\"}]}");
        assertThat(rules.of(series("MR", "KNEE", ""))).isPresent();
    }

    @Test
    void descriptionsMatchInAnyCaseOfAnyScript() throws IOException {
        RoutingRules rules =
                read("{\"rules\": [{\"description\": \"schädel\", \"model\": \"a\", \"output\": \"file:///a/\"}]}");
        assertThat(rules.of(series("CT", "", "SCHÄDEL nativ"))).isPresent();
    }

    @Test
    void whatIsNoImageStartsNothing() throws IOException {
        RoutingRules rules = read("{\"rules\": [{\"model\": \"any\", \"output\": \"file:///a/\"}]}");
        assertThat(rules.of(series("SEG", "", ""))).isEmpty();
        assertThat(rules.of(series("CT", "", ""))).isPresent();
    }

    @Test
    void whatARuleCallsUrgentGoesToTheUrgentTopic() throws IOException {
        RoutingRules rules =
                read("{\"rules\": [{\"description\": \"stroke\", \"model\": \"a\", \"output\": \"file:///a/\","
                        + " \"priority\": \"urgent\"}]}");
        assertThat(rules.of(series("CT", "", "Stroke"))
                        .orElseThrow()
                        .event("job", URI.create("file:///a/"))
                        .topic())
                .isEqualTo("deformux.scan.urgent");
        refused(
                "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"priority\": \"stat\"}]}",
                "rule 0: priority is urgent or routine");
    }

    @Test
    void mistakesAreNamed() {
        refused("{\"rules\": [{\"model\": \"a\"}]}", "rule 0: a rule needs an output");
        refused("{\"rules\": [{\"modell\": \"a\", \"output\": \"file:///a/\"}]}", "unknown field modell");
        refused("{\"rules\": [{\"description\": \"(\", \"model\": \"a\", \"output\": \"file:///a/\"}]}", "rule 0");
        refused("{\"rules\": [{\"model\": \"no such/name\", \"output\": \"file:///a/\"}]}", "rule 0: /model/name");
        refused("{\"rules\": [{\"model\": \"a\", \"output\": \"here\"}]}", "rule 0: /output");
        refused(
                "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"dicomSegKind\": \"x\"}]}",
                "rule 0: dicomSegKind is binary or labelmap");
        refused(
                "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"modality\": 3}]}",
                "modality has to be text");
        refused("{\"rules\": [\n{\"model\": }]}", "line 2 is not JSON");
        refused("{}", "rules");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingRules.read(folder.resolve("nowhere.json")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void theSampleIsReadable() {
        assertThat(RoutingRules.read(Path.of("../orthanc/rules.json")).rules()).hasSize(2);
    }

    private void refused(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessageContaining(message);
    }

    private RoutingRules read(String json) throws IOException {
        return RoutingRules.read(Files.writeString(folder.resolve("rules.json"), json));
    }

    private static Series series(String modality, String bodyPart, String description) {
        return new Series("1.2", "1.2.3", modality, bodyPart, description, List.of("a"));
    }
}
