package io.deformux.pacs;

import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import io.deformux.testing.fuzz.ScratchFolder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules file, damaged in any way: rules, or {@link IllegalArgumentException} that says what is wrong. */
@Tag("fuzz")
class RoutingRulesFuzzTest {
    private static final ScratchFolder SCRATCH = new ScratchFolder();
    private static final Series SERIES = new Series("1.2", "1.2.3", "CT", "HEAD", "Abdomen\nstudy", List.of("a"));

    static Stream<FuzzTarget> targets() {
        byte[] rules = Archives.bytes(
                """
                {"rules": [{"modality": "CT", "bodyPart": null, "description": "abdomen|a(b)?", "model": "amos",
                            "modelVersion": "2", "output": "file:///srv/", "priority": "urgent",
                            "dicomOutput": "dicomweb://pacs/studies", "dicomSegKind": "labelmap"},
                           {"model": "kits", "output": "s3://bucket/kits/"}]}""");
        return Stream.of(new FuzzTarget(
                "routing-rules",
                List.of(rules),
                JsonTokens.all(),
                thrown -> thrown.getClass() == IllegalArgumentException.class,
                new FuzzTarget.Memory(32 << 20, 1024),
                bytes -> RoutingRules.read(SCRATCH.write("rules.json", bytes)).of(SERIES)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInRulesOrAWordOfWhatIsWrong(FuzzTarget target) {
        FuzzRun.check(target);
    }
}
