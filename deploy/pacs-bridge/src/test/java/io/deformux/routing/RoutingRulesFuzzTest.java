package io.deformux.routing;

import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules file, damaged in any way: rules, or {@link IllegalArgumentException} that says what is wrong. */
@Tag("fuzz")
class RoutingRulesFuzzTest {
    private static final RoutedSeries SERIES = SeriesOfTags.with(Map.of(
            "Modality", "CT", "BodyPartExamined", "HEAD", "SeriesDescription", "Abdomen", "SliceThickness", "2.5"));
    private static final RoutingRulesReader READER = new RoutingRulesReader();

    static Stream<FuzzTarget> targets() {
        byte[] rules = Archives.bytes(
                """
                {"rules": [{"modality": "CT", "bodyPart": null, "description": "abdomen|a(b)?", "model": "amos",
                            "modelVersion": "2", "output": "file:///srv/", "priority": "urgent",
                            "dicomOutput": "dicomweb://pacs/studies", "dicomSegKind": "labelmap"},
                           {"when": {"all": [{"tag": "SliceThickness", "least": 0.5, "most": 3},
                                             {"any": [{"tag": "0018,0060", "equals": ["120", 100]},
                                                      {"not": {"tag": "SeriesDescription", "matches": "^a{1,3}b"}}]},
                                             {"tag": "ImageType", "present": true}]},
                            "output": "file:///srv/", "outputs": {"classes": ["liver"], "radiomicsBins": "width:5"},
                            "models": [{"model": "a"}, {"model": "b"}]},
                           {"model": "kits", "output": "s3://bucket/kits/", "channels": [
                             {"name": "T2", "when": {"tag": "SeriesDescription", "matches": "T2"}}]}]}""");
        return Stream.of(new FuzzTarget(
                "routing-rules",
                List.of(rules),
                JsonTokens.all(),
                thrown -> thrown.getClass() == IllegalArgumentException.class,
                new FuzzTarget.Memory(32 << 20, 1024),
                bytes -> READER.read(bytes).of(SERIES)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInRulesOrAWordOfWhatIsWrong(FuzzTarget target) {
        FuzzRun.check(target);
    }
}
