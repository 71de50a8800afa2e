package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.deformux.schemas.InvalidEventException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that breaks the contract is refused with its reason and place, and without its values. */
class BadEventTest {
    private static final EventCodec CODEC = new EventCodec();
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
            scan.arrived | /jobId | ""
            scan.arrived | /jobId | "../../etc/passwd"
            scan.arrived | /jobId | ".hidden"
            scan.arrived | /jobId | "Doe John"
            scan.arrived | /jobId | "job\\n"
            scan.arrived | /jobId | 17
            scan.arrived | /jobId | null
            scan.arrived | /input | "file:///data"
            scan.arrived | /input | []
            scan.arrived | /input/uri | "no-scheme"
            scan.arrived | /input/uri | "file:///with space"
            scan.arrived | /input/uri | "file://"
            scan.arrived | /input/uri | "s3://key:secret@bucket/scan"
            scan.arrived | /input/uri | ""
            scan.arrived | /input/kind | "minc"
            scan.arrived | /input/kind | "DICOM"
            scan.arrived | /input/sha256 | "abc"
            scan.arrived | /input/sha256 | "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"
            scan.arrived | /input/sha256 | null
            scan.arrived | /input/unevenSlices | "guess"
            scan.arrived | /model/name | "../model"
            scan.arrived | /model/version | 1
            scan.arrived | /output | "relative/path"
            segmentation.completed | /inputSha256 | ""
            segmentation.completed | /model/sha256 | "x"
            segmentation.completed | /outputs | []
            segmentation.completed | /outputs/0/uri | "labels.nii.gz"
            segmentation.completed | /outputs/0/mediaType | "gzip"
            segmentation.completed | /outputs/0/sizeBytes | -1
            segmentation.completed | /outputs/0/sizeBytes | 1e400
            segmentation.completed | /outputs/0/sizeBytes | 123456789012345678901234567890
            segmentation.completed | /outputs/0/role | "Label Map"
            segmentation.completed | /labels/1/value | 0
            segmentation.completed | /labels/1/value | 70000
            segmentation.completed | /labels/1/value | 1.5
            segmentation.completed | /labels/0/name | ""
            segmentation.completed | /labels/0/voxels | -1
            segmentation.completed | /labels/0/volumeMl | -0.001
            segmentation.completed | /labels/0/volumeMl | 1e400
            segmentation.completed | /labels/0/volumeMl | "NaN"
            segmentation.completed | /grid/shape | [512, 512]
            segmentation.completed | /grid/shape/2 | 0
            segmentation.completed | /grid/spacingMm/0 | 0
            segmentation.completed | /grid/affine | [1, 0, 0]
            segmentation.completed | /grid/affine/15 | "1"
            segmentation.completed | /grid/affine/3 | -1e400
            segmentation.completed | /timingsMs/read | -1
            segmentation.completed | /timingsMs/read | 99999999999999
            segmentation.completed | /runtime/device | "CUDA 0"
            segmentation.completed | /input/passedOver/0/reason | "Doe^John.dcm"
            segmentation.completed | /input/passedOver/0/files/0 | 0
            segmentation.completed | /warnings/0/code | "lower"
            segmentation.failed | /stage | "Doe^John"
            segmentation.failed | /code | "lower"
            segmentation.failed | /message | ""
            segmentation.failed | /retryable | "no"
            segmentation.failed | /attempt | 0
            segmentation.failed | /attempt | 100000
            training.requested | /trainingId | "../x"
            training.requested | /trainingId | ""
            training.requested | /training | []
            training.requested | /training/dataset | "relative"
            training.requested | /training/preprocessing | {}
            training.requested | /training/preprocessing | {"preset":"amos","explicit":{"windowLow":0,"windowHigh":1}}
            training.requested | /training/preprocessing/explicit/spacingMm | [1, 1]
            training.requested | /training/preprocessing/explicit/spacingMm/0 | 0
            training.requested | /training/preprocessing/explicit/windowLow | -1e400
            training.requested | /training/preprocessing/explicit/labels | ["background"]
            training.requested | /training/split/folds | 0
            training.requested | /training/split/folds | 21
            training.requested | /training/split/only | []
            training.requested | /training/split/only | [1, 1]
            training.requested | /training/split/only/0 | -1
            training.requested | /training/split/file | "s3://key:secret@bucket/splits.json"
            training.requested | /training/network/featureSizes | [48, 96]
            training.requested | /training/network/featureSizes/0 | 0
            training.requested | /training/network/depths/3 | 65
            training.requested | /training/network/hidden | 1000000
            training.requested | /training/network/offsetKernel | 2
            training.requested | /training/settings/iterations | 0
            training.requested | /training/settings/iterations | 1000000000
            training.requested | /training/settings/iterations | 1.5
            training.requested | /training/settings/validationInterval | 0
            training.requested | /training/settings/batchSize | 65
            training.requested | /training/settings/cropsPerVolume | 0
            training.requested | /training/settings/roi | [96, 96]
            training.requested | /training/settings/roi/1 | 95
            training.requested | /training/settings/roi/1 | 1024
            training.requested | /training/settings/learningRate | 0
            training.requested | /training/settings/learningRate | 1e400
            training.requested | /training/settings/optimizer | "sgd"
            training.requested | /training/settings/weightDecay | -0.1
            training.requested | /training/settings/augment | 1
            training.requested | /training/seed | -1
            training.requested | /training/seed | 9007199254740992
            training.requested | /training/initialWeights | "model.pt"
            training.requested | /modelName | "Amos"
            training.requested | /output | "relative/path"
            training.requested.v2 | /training/architecture | []
            training.requested.v2 | /training/architecture/name | "U Net"
            training.requested.v2 | /training/architecture/settings | {"Doe John":1}
            training.requested.v2 | /training/architecture/settings/hidden | {}
            training.requested.v2 | /training/architecture/settings/hidden | 1e400
            training.requested.v2 | /training/architecture/settings/depths/0 | "text"
            training.requested.v2 | /training/settings/roi/1 | 1024
            training.fold.requested.v2 | /fold | 20
            training.fold.requested | /fold | -1
            training.fold.requested | /fold | 20
            training.fold.completed | /result/fold | 20
            training.fold.completed | /result/dice/0/dice | 1.01
            training.fold.completed | /result/dice/0/value | 0
            training.fold.completed | /result/meanDice | "NaN"
            training.fold.completed | /result/bestIteration | 0
            training.fold.completed | /result/model/sha256 | "x"
            training.fold.completed | /result/seeds/training | -1
            training.fold.failed | /attempt | 0
            training.ready | /requestedAtMs | -1
            training.completed | /dice/0/sd | -0.1
            training.completed | /dice/0/folds | 21
            training.completed | /model/sha256 | ""
            training.failed | /failedFolds/0/code | "lower"
            training.failed | /message | ""
            model.published | /name | "../model"
            model.published | /meanDice | 2
            job.progress | /done | -1
            job.progress | /total | 0
            job.progress | /unit | ""
            job.progress | /etaMs | -5
            """)
    void aBadValueIsNamedByItsPointer(String event, String pointer, String value) throws Exception {
        String type = "io.deformux." + event + (event.endsWith(".v2") ? "" : ".v1");
        JsonNode data = JSON.readTree(Samples.json(type));
        assertThat(data.at(pointer).isMissingNode()).isFalse();

        // Replaced in the text, so that numbers arrive as they are written here.
        InvalidEventException refused = refused(type, with(data, pointer, "@@").replace("\"@@\"", value));

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused).hasMessageStartingWith(pointer + ": must ");
    }

    @ParameterizedTest
    @CsvSource({
        "scan.arrived, /jobId",
        "scan.arrived, /input",
        "scan.arrived, /input/uri",
        "scan.arrived, /input/kind",
        "scan.arrived, /model/name",
        "scan.arrived, /output",
        "segmentation.completed, /outputs/0/sha256",
        "segmentation.completed, /labels/1/volumeMl",
        "segmentation.completed, /grid/affine",
        "segmentation.failed, /retryable",
        "training.requested, /training/settings/iterations",
        "training.requested, /training/seed",
        "training.requested, /modelName",
        "training.fold.completed, /result/model/sha256",
        "training.failed, /requestSha256",
        "job.progress, /total",
    })
    void aMissingValueIsNamedByThePlaceWhereItShouldBe(String event, String pointer) throws Exception {
        String type = "io.deformux." + event + ".v1";
        JsonNode data = JSON.readTree(Samples.json(type));
        JsonPointer place = JsonPointer.compile(pointer);
        ((ObjectNode) data.at(place.head())).remove(place.last().getMatchingProperty());

        InvalidEventException refused = refused(type, data.toString());

        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused).hasMessage(pointer + ": is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/patient", "/input/patient", "/model/patient"})
    void aRequestWithAnUnknownFieldIsRefused(String pointer) throws Exception {
        InvalidEventException refused =
                refused(ScanArrived.TYPE, with(JSON.readTree(Samples.json(ScanArrived.TYPE)), pointer, "Doe"));

        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused).hasMessage(pointer + ": is not a field of this event");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/patient",
                "/training/epochs",
                "/training/preprocessing/explicit/patient",
                "/training/split/patient",
                "/training/architecture/patient",
                "/training/settings/epochs"
            })
    void aTrainingRequestWithAnUnknownFieldIsRefused(String pointer) throws Exception {
        for (String type : List.of(TrainingRequested.TYPE, TrainingFoldRequested.TYPE)) {
            InvalidEventException refused = refused(type, with(JSON.readTree(Samples.json(type)), pointer, "Doe"));

            assertThat(refused.pointer()).isEqualTo(pointer);
            assertThat(refused).hasMessage(pointer + ": is not a field of this event");
        }
    }

    @Test
    void aFieldNameThatCouldBeAnythingIsNotShown() throws Exception {
        ObjectNode data = (ObjectNode) JSON.readTree(Samples.json(ScanArrived.TYPE));
        ((ObjectNode) data.get("input")).put("Doe, John", 1);

        InvalidEventException refused = refused(ScanArrived.TYPE, data.toString());

        assertThat(refused.pointer()).isEqualTo("/input");
        assertThat(refused.getMessage()).doesNotContain("Doe");
    }

    @Test
    void aStageNameOutOfShapeIsRefused() throws Exception {
        ObjectNode data = (ObjectNode) JSON.readTree(Samples.json(SegmentationCompleted.TYPE));
        ((ObjectNode) data.get("timingsMs")).put("Doe John", 1);

        InvalidEventException refused = refused(SegmentationCompleted.TYPE, data.toString());

        assertThat(refused.pointer()).isEqualTo("/timingsMs");
        assertThat(refused.getMessage()).doesNotContain("Doe");
    }

    @Test
    void messagesDoNotQuoteValues() throws Exception {
        for (Event event : Samples.all()) {
            JsonNode data = JSON.readTree(Samples.json(event.type()));
            for (String name : (Iterable<String>) data::fieldNames) {
                ObjectNode bad = data.deepCopy();
                bad.put(name, "Doe^John 1970");
                if (bad.get(name).equals(data.get(name)) || name.equals("message")) {
                    continue; // any text is a message
                }
                assertThat(refused(event.type(), bad.toString()).getMessage())
                        .startsWith("/" + name)
                        .doesNotContain("Doe", "1970");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "Doe", "{\"jobId\":Doe}", "{} {}", "{\"jobId\":NaN}", "{'jobId':1}", "\0\0"})
    void whatIsNotJsonIsRefused(String text) {
        InvalidEventException refused = refused(ScanArrived.TYPE, text);

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.pointer()).isEmpty();
        assertThat(refused.getMessage()).doesNotContain("Doe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "\"text\"", "true"})
    void dataThatAreNotAnObjectAreRefused(String text) {
        InvalidEventException refused = refused(ScanArrived.TYPE, text);

        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.pointer()).isEmpty();
        assertThat(refused).hasMessageContaining("object");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = "{\"jobId\":\"M\u00fcller\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = Samples.json(ScanArrived.TYPE).getBytes(StandardCharsets.UTF_16);

        assertThat(refused(EventCodecTest.received(ScanArrived.TYPE, "application/json", latin1)))
                .hasMessage("the data are not UTF-8");
        assertThat(refused(EventCodecTest.received(ScanArrived.TYPE, "application/json", utf16))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void anEventWithoutDataIsRefused() {
        CloudEvent empty = CloudEventBuilder.v1()
                .withId("1")
                .withSource(URI.create("/pacs"))
                .withType(ScanArrived.TYPE)
                .build();

        assertThat(refused(empty)).hasMessage("the event has no data");
    }

    @Test
    void theSameFieldTwiceIsRefused() {
        InvalidEventException refused =
                refused(ScanArrived.TYPE, "{\"jobId\":\"a\",\"input\":{\"uri\":\"file:///a\",\"uri\":\"file:///b\"}}");

        assertThat(refused.pointer()).isEqualTo("/input/uri");
        assertThat(refused).hasMessageContaining("twice");
    }

    @Test
    void whatWouldExhaustTheReaderIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String longNumber = "{\"done\":" + "9".repeat(100_000) + "}";
        String longText = "{\"jobId\":\"" + "a".repeat(100_000) + "\"}";
        String longName = "{\"" + "a".repeat(100_000) + "\":1}";
        String tooLarge = "{\"a\":[" + "0,".repeat(1 << 19) + "0]}";

        for (String text : List.of(deep, longNumber, longText, longName, tooLarge)) {
            InvalidEventException refused = refused(JobProgress.TYPE, text);
            assertThat(refused.reason()).isEqualTo(text.equals(tooLarge) ? Reason.TOO_LARGE : Reason.INVALID);
            assertThat(refused.getMessage()).hasSizeLessThan(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=iso-8859-1", "json", ""})
    void anotherContentTypeIsRefused(String contentType) {
        byte[] json = Samples.json(ScanArrived.TYPE).getBytes(StandardCharsets.UTF_8);

        assertThat(refused(EventCodecTest.received(ScanArrived.TYPE, contentType, json)))
                .hasMessage("the content type must be application/json");
    }

    @Test
    void cloudEventsOfAnEarlierSpecificationAreRefused() {
        CloudEvent old = CloudEventBuilder.v03(EventCodecTest.encoded(Samples.scanArrived()))
                .build();

        assertThat(refused(old)).hasMessage("the CloudEvents specversion must be 1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.deformux.scan.arrived.v2", "io.deformux.scan.arrived.v0", "io.deformux.job.progress.v12"})
    void anotherMajorVersionIsNotSupported(String type) {
        InvalidEventException refused = refused(type, "{}");

        assertThat(refused.reason()).isEqualTo(Reason.VERSION_UNSUPPORTED);
        assertThat(refused.getMessage()).contains(".v1 is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.deformux.scan.departed.v1",
                "io.deformux.scan.arrived",
                "io.deformux.scan.arrived.v",
                "io.deformux.scan.arrived.v1x",
                "scan.arrived.v1",
                "Doe^John"
            })
    void anotherTypeIsNotKnown(String type) {
        InvalidEventException refused = refused(type, "{}");

        assertThat(refused.reason()).isEqualTo(Reason.TYPE_UNKNOWN);
        assertThat(refused).hasMessage("the event type is not known");
    }

    @Test
    void damagedEventsAreReadOrRefusedButNeverFailOtherwise() {
        Random random = new Random(7);
        List<String> pieces = List.of(
                "null", "1e400", "-0", "1e-400", "\\u0000", "\"", "{", "}", "[", "]", ",", "9999999999999999999");
        int refusals = 0;
        for (Event event : Samples.all()) {
            String text = Samples.json(event.type());
            for (int i = 0; i < 2000; i++) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(12));
                String piece = pieces.get(random.nextInt(pieces.size()));
                CloudEvent damaged =
                        EventCodecTest.received(event.type(), text.substring(0, from) + piece + text.substring(to));
                try {
                    CODEC.encode(CODEC.decode(damaged), "1", URI.create("/test"), null);
                } catch (InvalidEventException e) {
                    refusals++;
                }
                CODEC.toJsonLine(damaged);
            }
        }
        assertThat(refusals).isGreaterThan(1000 * Samples.all().size());
    }

    private static InvalidEventException refused(String type, String json) {
        return refused(EventCodecTest.received(type, json));
    }

    private static InvalidEventException refused(CloudEvent event) {
        InvalidEventException refused = catchThrowableOfType(InvalidEventException.class, () -> CODEC.decode(event));
        assertThat(refused).as("was refused").isNotNull();
        return refused;
    }

    private static String with(JsonNode data, String pointer, String value) throws JsonProcessingException {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = data.at(place.head());
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).put(place.last().getMatchingProperty(), value);
        }
        return JSON.writeValueAsString(data);
    }
}
