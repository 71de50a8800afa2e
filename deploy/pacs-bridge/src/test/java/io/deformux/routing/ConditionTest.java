package io.deformux.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final RoutedSeries SERIES = SeriesOfTags.with(Map.of(
            "Modality", "CT",
            "ProtocolName", "Thorax^Nativ (Adult)",
            "SliceThickness", "2.5",
            "ImageType", "ORIGINAL\\PRIMARY\\AXIAL",
            "KVP", "many",
            "0019,10b0", "7",
            "MagneticFieldStrength", "1.50",
            "ContrastBolusAgentSequence", ""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | {"tag": "Modality", "equals": "ct"}
                    false | {"tag": "Modality", "equals": "c"}
                    true  | {"tag": "0008,0060", "equals": ["MR", "CT"]}
                    true  | {"tag": "(0019,10B0)", "equals": 7}
                    true  | {"tag": "MagneticFieldStrength", "equals": 1.5}
                    false | {"tag": "MagneticFieldStrength", "equals": "1.5"}
                    true  | {"tag": "MagneticFieldStrength", "equals": [3, "7", 1.5]}
                    true  | {"tag": "MagneticFieldStrength", "equals": [3, "1.50"]}
                    false | {"tag": "MagneticFieldStrength", "equals": [3, 7.0]}
                    false | {"not": {"tag": "MagneticFieldStrength", "equals": 1.5}}
                    false | {"tag": "KVP", "equals": 0}
                    true  | {"tag": "ContrastBolusAgentSequence", "present": true}
                    false | {"tag": "ContrastBolusAgentSequence", "present": false}
                    true  | {"tag": "ProtocolName", "matches": "^thorax\\\\b"}
                    false | {"tag": "ProtocolName", "matches": "^nativ"}
                    true  | {"tag": "SliceThickness", "least": 2.5, "most": 2.5}
                    true  | {"tag": "SliceThickness", "least": 1}
                    false | {"tag": "SliceThickness", "most": 2.49}
                    false | {"tag": "KVP", "least": 0}
                    true  | {"tag": "ImageType", "equals": "AXIAL"}
                    true  | {"tag": "ImageType", "equals": "AXIAL", "matches": "prim"}
                    false | {"tag": "ImageType", "equals": "AXIAL", "matches": "second"}
                    true  | {"tag": "ContrastBolusAgent", "present": false}
                    false | {"tag": "ContrastBolusAgent", "matches": ""}
                    true  | {"not": {"tag": "ContrastBolusAgent", "matches": ""}}
                    true  | {"any": [{"tag": "Modality", "equals": "MR"}, {"tag": "KVP", "present": true}]}
                    false | {"any": [{"tag": "Modality", "equals": "MR"}, {"not": {"tag": "KVP", "present": true}}]}
                    true  | {"all": [{"tag": "Modality", "equals": "CT"}, {"not": {"tag": "Modality", "equals": "MR"}}]}
                    false | {"all": [{"tag": "Modality", "equals": "CT"}, {"tag": "Modality", "equals": "MR"}]}
                    """)
    void aConditionHoldsAsItIsWritten(boolean holds, String json) throws IOException {
        Condition condition = ConditionReader.read(new ObjectMapper().readTree(json));

        assertThat(condition.holds(SERIES.attributes())).isEqualTo(holds);
    }

    @Test
    void anExpressionThatBacktracksElsewhereTakesNoTime() {
        Condition evil = new Condition.Matches(AttributePath.parse("ProtocolName"), Expression.compile("^(a+)+$"));
        RoutedSeries series = SeriesOfTags.with(Map.of("ProtocolName", "a".repeat(4000) + "!"));

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(evil.holds(series.attributes()))
                .isFalse());
    }
}
