package io.deformux.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.WantedRole;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        assertThat(models(rules, series("CT", "HEAD", "ABDOMEN"))).containsExactly("head");
        assertThat(models(rules, series("CT", "", "Ct Abdomen pv"))).containsExactly("amos");
        assertThat(models(rules, series("MR", "KNEE", ""))).containsExactly("mr");
        assertThat(models(rules, series("CT", "KNEE", ""))).isEmpty();
    }

    @Test
    void whatIsNullIsNotAskedFor() throws IOException {
        RoutingRules rules = read(
                "{\"rules\": [{\"modality\": null, \"bodyPart\": null, \"model\": \"a\", \"output\": \"file:///a/\"}]}");
        assertThat(models(rules, series("MR", "KNEE", ""))).isNotEmpty();
    }

    @Test
    void descriptionsMatchInAnyCaseOfAnyScript() throws IOException {
        RoutingRules rules =
                read("{\"rules\": [{\"description\": \"schädel\", \"model\": \"a\", \"output\": \"file:///a/\"}]}");
        assertThat(models(rules, series("CT", "", "SCHÄDEL nativ"))).isNotEmpty();
    }

    @Test
    void whatIsNoImageStartsNothing() throws IOException {
        RoutingRules rules = read("{\"rules\": [{\"model\": \"any\", \"output\": \"file:///a/\"}]}");
        assertThat(models(rules, series("SEG", "", ""))).isEmpty();
        assertThat(models(rules, series("CT", "", ""))).isNotEmpty();
    }

    @Test
    void whatARuleCallsUrgentGoesToTheUrgentTopic() throws IOException {
        RoutingRules rules =
                read("{\"rules\": [{\"description\": \"stroke\", \"model\": \"a\", \"output\": \"file:///a/\","
                        + " \"priority\": \"urgent\"}]}");
        assertThat(rules.of(series("CT", "", "Stroke"))
                        .get(0)
                        .event("job", URI.create("file:///a/"))
                        .topic())
                .isEqualTo("deformux.scan.urgent");
        refused(
                "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"priority\": \"stat\"}]}",
                "rule 0: priority is urgent or routine");
    }

    @Test
    void aSeriesMayGoToSeveralModels() throws IOException {
        RoutingRules rules = read(
                """
                {"rules": [{"modality": "CT", "output": "file:///a/", "priority": "urgent", "models": [
                  {"model": "amos"}, {"model": "amos", "modelVersion": "1"},
                  {"model": "kits", "output": "file:///k/", "priority": "routine"}]}]}
                """);
        RoutedSeries series = series("CT", "", "");

        List<ScanArrived> events = rules.events(series, List.of(), "t-", one -> URI.create("file:///in/"));

        assertThat(events).extracting(event -> event.model().name()).containsExactly("amos", "amos", "kits");
        assertThat(events).extracting(ScanArrived::jobId).doesNotHaveDuplicates();
        assertThat(events)
                .extracting(ScanArrived::topic)
                .containsExactly("deformux.scan.urgent", "deformux.scan.urgent", "deformux.scan.arrived");
        assertThat(events).extracting(event -> event.output().getPath()).containsExactly("/a/", "/a/", "/k/");
    }

    @Test
    void aRuleSaysWhatIsWantedOfTheOutputsAndEachOfItsModelsMaySayElse() throws IOException {
        RoutingRules rules = read(
                """
                {"rules": [{"output": "file:///a/", "outputs": {"statistics": ["liver"], "radiomics": ["all"]}, "models": [
                  {"model": "amos"},
                  {"model": "kits", "outputs": {"classes": ["tumour"], "statistics": ["tumour"],
                    "probabilityGrid": "network", "probabilityType": "uint16", "radiomicsBins": "count:64",
                    "roles": ["probabilities", "class-mask"]}}]},
                  {"model": "plain", "output": "file:///a/", "outputs": null}]}
                """);

        List<OutputChoice> choices = rules.rules().get(0).jobs().stream()
                .map(job ->
                        job.event("job", URI.create("file:///in/")).outputs().orElseThrow())
                .toList();

        assertThat(choices)
                .containsExactly(
                        new OutputChoice(
                                Optional.empty(),
                                Optional.of(List.of("liver")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(OutputChoice.ALL),
                                Optional.empty()),
                        new OutputChoice(
                                Optional.of(List.of("tumour")),
                                Optional.of(List.of("tumour")),
                                Optional.of(ProbabilityGrid.NETWORK),
                                Optional.of(ProbabilityType.UINT16),
                                Optional.empty(),
                                Optional.of("count:64"),
                                Optional.of(List.of(WantedRole.PROBABILITIES, WantedRole.CLASS_MASK))));
        assertThat(rules.rules().get(1).jobs().get(0).outputs()).isEmpty();
    }

    @Test
    void outputsThatAreNoneOfTheContractAreRefused() {
        String rule = "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"outputs\": ";
        refused(rule + "{\"class\": [\"liver\"]}}]}", "rule 0: /outputs");
        refused(rule + "{\"classes\": []}}]}", "rule 0: /outputs/classes");
        refused(rule + "{\"roles\": [\"probabilites\"]}}]}", "rule 0: /outputs/roles");
        refused(rule + "{\"radiomicsBins\": \"count:1\"}}]}", "rule 0: /outputs/radiomicsBins");
        refused(rule + "[\"liver\"]}]}", "rule 0: /outputs");
    }

    private static final String OF_THREE =
            """
            {"rules": [{"modality": "MR", "when": {"tag": "SeriesDescription", "equals": "T1"}, "output": "file:///o/",
              "models": [{"model": "plain"}, {"model": "three", "channels": [
                {"name": "T2", "when": {"tag": "SeriesDescription", "equals": "T2"}},
                {"name": "FLAIR", "when": {"tag": "SeriesDescription", "matches": "flair"}}]}]}]}
            """;

    private static RoutedSeries mr(String uid, String description, String... instances) {
        return SeriesOfTags.with(uid, Map.of("Modality", "MR", "SeriesDescription", description), instances);
    }

    private static List<ScanArrived> events(RoutingRules rules, RoutedSeries series, RoutedSeries... others) {
        return rules.events(series, List.of(others), "t-", one -> URI.create("file:///in/" + one.seriesUid()));
    }

    @Test
    void aJobOfSeveralSeriesIsAskedForWithWhicheverComesLast() throws IOException {
        RoutingRules rules = read(OF_THREE);
        RoutedSeries t1 = mr("1.1", "T1", "a");
        RoutedSeries t2 = mr("1.2", "T2", "b");
        RoutedSeries flair = mr("1.3", "ax FLAIR", "c");

        assertThat(events(rules, t1)).extracting(event -> event.model().name()).containsExactly("plain");
        assertThat(events(rules, t2, t1)).isEmpty();
        List<ScanArrived> whole = events(rules, flair, t1, t2);

        assertThat(whole).singleElement().satisfies(event -> {
            assertThat(event.model().name()).isEqualTo("three");
            assertThat(event.input().uri()).hasPath("/in/1.1");
            assertThat(event.otherChannels().orElseThrow())
                    .extracting(
                            ChannelReference::name,
                            channel -> channel.input().uri().getPath())
                    .containsExactly(tuple("T2", "/in/1.2"), tuple("FLAIR", "/in/1.3"));
        });
        assertThat(events(rules, t1, flair, t2)).contains(whole.get(0)).hasSize(2);
        assertThat(events(rules, mr("1.3", "ax FLAIR", "c", "d"), t1, t2))
                .extracting(ScanArrived::jobId)
                .doesNotContain(whole.get(0).jobId());
    }

    @Test
    void aJobOfSeveralSeriesIsNotAskedForWhereSeveralCouldBeOneOfThem() throws IOException {
        RoutingRules rules = read(OF_THREE);
        RoutedSeries[] others = {mr("1.2", "T2", "b"), mr("1.3", "FLAIR", "c"), mr("1.4", "FLAIR again", "d")};

        assertThat(events(rules, mr("1.1", "T1", "a"), others))
                .extracting(event -> event.model().name())
                .containsExactly("plain");
        assertThat(events(rules, mr("1.5", "localizer", "e"), mr("1.1", "T1", "a"), others[0], others[1]))
                .as("a series that is no part of it")
                .isEmpty();
    }

    @Test
    void channelsThatCannotBeAreRefused() {
        String rule = "{\"rules\": [{\"model\": \"a\", \"output\": \"file:///a/\", \"channels\": ";
        String when = "\"when\": {\"tag\": \"Modality\", \"equals\": \"MR\"}}";
        refused(rule + "[]}]}", "rule 0: channels has to be a list");
        refused(rule + "[{" + when + "]}]}", "rule 0: a channel needs a name");
        refused(rule + "[{\"name\": \"T2\"}]}]}", "rule 0: a condition is an object");
        refused(rule + "[{\"name\": \"\", " + when + "]}]}", "rule 0: /otherChannels/0/name");
        refused(rule + "[{\"name\": \"T2\", \"tag\": 1, " + when + "]}]}", "rule 0: unknown field tag");
        refused(
                rule + "[{\"name\": \"T2\", " + when + ", {\"name\": \"T2\", " + when + "]}]}",
                "rule 0: a job has a channel twice");
    }

    @Test
    void theIdsOfJobsStayAsTheyWere() {
        RoutedSeries series = new RoutedSeries("1.2", "1.2.3", SeriesOfTags.none(), List.of("a", "b"));
        String state = "1.2.3\na\nb\namos";

        assertThat(RoutingRules.jobId("pacs-", series, WantedJob.of("amos", URI.create("file:///a/"))))
                .isEqualTo("pacs-"
                        + Digest.of(state.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
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
        String rest = ", \"model\": \"a\", \"output\": \"file:///a/\"}]}";
        refused("{\"rules\": [{\"when\": {}" + rest, "rule 0: a condition is an object");
        refused("{\"rules\": [{\"when\": {\"some\": []}" + rest, "unknown condition some");
        refused("{\"rules\": [{\"when\": {\"all\": []}" + rest, "all needs a list");
        refused("{\"rules\": [{\"when\": {\"not\": {}, \"any\": []}" + rest, "nothing beside it");
        refused("{\"rules\": [{\"when\": {\"tag\": \"Modality\"}" + rest, "needs equals, matches");
        refused("{\"rules\": [{\"when\": {\"tag\": \"Sharpness\", \"equals\": \"x\"}" + rest, "no keyword");
        refused("{\"rules\": [{\"when\": {\"tag\": \"KVP\", \"is\": \"x\"}" + rest, "unknown test is");
        refused("{\"rules\": [{\"when\": {\"tag\": \"KVP\", \"least\": \"x\"}" + rest, "has to be a number");
        refused("{\"rules\": [{\"when\": {\"tag\": \"KVP\", \"least\": 3, \"most\": 2}" + rest, "least is more");
        refused("{\"rules\": [{\"when\": {\"tag\": \"KVP\", \"matches\": \"a(?=b)\"}" + rest, "RE2");
        refused("{\"rules\": [{\"when\": {\"tag\": \"KVP\", \"matches\": \"((a{99}){99}){99}\"}" + rest, "repetitions");
        refused("{\"rules\": [{\"when\": " + "{\"not\": ".repeat(20) + "1" + "}".repeat(20) + rest, "nested deeper");
        refused("{\"rules\": [{\"models\": [{\"model\": \"a\"}]" + rest, "a model, or a list of models");
        refused(
                "{\"rules\": [{\"output\": \"file:///a/\", \"models\": [{\"model\": \"a\"}, {\"model\": \"a\"}]}]}",
                "rule 0: a rule has a model of the same version twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoutingRulesReader().read(folder.resolve("nowhere.json")))
                .withMessageContaining("cannot be read");
    }

    @Test
    void theExampleOfTheOperatorsPageTakesWhatItSays() throws IOException {
        String page = Files.readString(Path.of("../README.md"));
        String section = page.substring(page.indexOf("### Rules"));
        int begin = section.indexOf("```json") + "```json".length();
        RoutingRules rules = read(section.substring(begin, section.indexOf("```", begin)));

        assertThat(models(
                        rules,
                        SeriesOfTags.with(
                                Map.of("Modality", "CT", "SliceThickness", "1.25", "ProtocolName", "Chest low dose"))))
                .containsExactly("lung", "vessels");
        assertThat(models(
                        rules,
                        SeriesOfTags.with(Map.of(
                                "Modality", "CT",
                                "SliceThickness", "1.25",
                                "ProtocolName", "Chest",
                                "ImageType", "DERIVED\\SECONDARY"))))
                .isEmpty();
    }

    @Test
    void theSampleIsReadable() {
        assertThat(new RoutingRulesReader()
                        .read(Path.of("../orthanc/rules.json"))
                        .rules())
                .hasSize(2);
    }

    private void refused(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessageContaining(message);
    }

    private RoutingRules read(String json) throws IOException {
        return new RoutingRulesReader().read(Files.writeString(folder.resolve("rules.json"), json));
    }

    private static List<String> models(RoutingRules rules, RoutedSeries series) {
        return rules.of(series).stream().map(job -> job.model().name()).toList();
    }

    private static RoutedSeries series(String modality, String bodyPart, String description) {
        return SeriesOfTags.with(
                Map.of("Modality", modality, "BodyPartExamined", bodyPart, "SeriesDescription", description));
    }
}
