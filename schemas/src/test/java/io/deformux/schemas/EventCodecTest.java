package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the codec comes out the same, in an envelope that says what it is. */
class EventCodecTest {
    private static final EventCodec CODEC = new EventCodec();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-03-01T12:00:00Z");

    static List<Event> events() {
        return Samples.all();
    }

    static CloudEvent encoded(Event event) {
        return CODEC.encode(event, "id-1", URI.create("/deformux/worker-infer"), TIME);
    }

    @ParameterizedTest
    @MethodSource("events")
    void roundTrip(Event event) {
        assertThat(CODEC.decode(encoded(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSampleTextIsTheSampleRecord(Event event) throws Exception {
        assertThat(CODEC.decode(received(event.type(), Samples.json(event.type()))))
                .isEqualTo(event);
        assertThat(JSON.readTree(CODEC.toJson(event))).isEqualTo(JSON.readTree(Samples.json(event.type())));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theEnvelopeSaysWhatIsInside(Event event) {
        CloudEvent envelope = encoded(event);

        assertThat(envelope.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(envelope.getId()).isEqualTo("id-1");
        assertThat(envelope.getSource()).isEqualTo(URI.create("/deformux/worker-infer"));
        assertThat(envelope.getType()).isEqualTo(event.type());
        assertThat(envelope.getSubject()).isEqualTo(event.key());
        assertThat(envelope.getTime()).isEqualTo(TIME);
        assertThat(envelope.getDataContentType()).isEqualTo("application/json");
        assertThat(envelope.getDataSchema())
                .hasToString(Contract.schema(event.type()).get("$id").asText());
    }

    @Test
    void eventsThatShareATypeAndAKeyStillDifferInTheirIdentity() {
        assertThat(foldFailed(0).key()).isEqualTo(foldFailed(1).key());
        assertThat(foldFailed(0).identity()).isNotEqualTo(foldFailed(1).identity());
    }

    @Test
    void theSameResultRepeatsItsIdentityHoweverLongItTookAndWhicheverAttemptItWas() {
        assertThat(failed("fetch", "A_CODE", "One.", 1).identity())
                .isEqualTo(failed("fetch", "A_CODE", "One.", 2).identity());
        SegmentationCompleted result = Samples.segmentationCompleted();
        assertThat(completed(result, result.inputSha256(), result.model(), result.outputs(), Map.of("read", 7L))
                        .identity())
                .isEqualTo(result.identity());
    }

    @Test
    void resultsOfOneJobThatDifferInContentDifferInTheirIdentity() {
        SegmentationCompleted result = Samples.segmentationCompleted();
        String otherDigest = "e".repeat(64);
        ModelVersion otherModel =
                new ModelVersion(result.model().name(), result.model().version(), otherDigest);
        List<OutputFile> fewer = result.outputs().subList(0, result.outputs().size() - 1);
        assertThat(Stream.of(
                                result,
                                completed(result, otherDigest, result.model(), result.outputs(), result.timingsMs()),
                                completed(
                                        result, result.inputSha256(), otherModel, result.outputs(), result.timingsMs()),
                                completed(result, result.inputSha256(), result.model(), fewer, result.timingsMs()),
                                failed("fetch", "A_CODE", "One.", 1),
                                failed("fetch", "A_CODE", "Two.", 1),
                                failed("fetch", "OTHER_CODE", "One.", 1),
                                failed("read", "A_CODE", "One.", 1))
                        .map(Event::identity))
                .doesNotHaveDuplicates();
    }

    private static SegmentationFailed failed(String stage, String code, String message, int attempt) {
        return new SegmentationFailed("job", stage, code, message, true, attempt);
    }

    private static SegmentationCompleted completed(
            SegmentationCompleted like,
            String inputSha256,
            ModelVersion model,
            List<OutputFile> outputs,
            Map<String, Long> timings) {
        return new SegmentationCompleted(
                like.jobId(), inputSha256, model, outputs, like.labels(), like.grid(), timings, like.runtime());
    }

    @ParameterizedTest
    @MethodSource("io.deformux.schemas.Samples#all")
    void dataThatWereKeptAreReadBackAsTheSameEvent(Event event) {
        byte[] kept = CODEC.toJson(event).getBytes(StandardCharsets.UTF_8);
        assertThat(CODEC.fromJson(event.type(), kept)).isEqualTo(event);
    }

    @Test
    void requestsThatAskForSomethingElseDifferInTheirIdentity() {
        ScanArrived scan = Samples.scanArrived();
        ScanArrived other = new ScanArrived(scan.jobId(), scan.input(), scan.model(), URI.create("file:///elsewhere/"));
        assertThat(other.key()).isEqualTo(scan.key());
        assertThat(other.identity()).isNotEqualTo(scan.identity());
        assertThat(Samples.scanArrived().identity()).isEqualTo(scan.identity());
    }

    private static TrainingFoldFailed foldFailed(int fold) {
        return new TrainingFoldFailed("t", fold, "INTERNAL", "A fault.", true, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"training.requested", "training.fold.requested"})
    void aRequestOfVersion1IsReadAsOneOfADeformUxNet(String name) {
        String older = "io.deformux." + name + ".v1";
        Event today = Samples.all().stream()
                .filter(event -> event.type().equals("io.deformux." + name + ".v2"))
                .findFirst()
                .orElseThrow();

        assertThat(CODEC.decode(received(older, Samples.json(older)))).isEqualTo(today);
        assertThat(CODEC.fromJson(older, Samples.json(older).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(today);
    }

    @Test
    void whatVersion1SaidOfARequestIsKnownByteForByteWhereItHadWordsForIt() throws Exception {
        TrainingRequested request = (TrainingRequested) Samples.all().stream()
                .filter(TrainingRequested.class::isInstance)
                .findFirst()
                .orElseThrow();
        JsonNode older = JSON.readTree(Samples.json("io.deformux.training.requested.v1"));

        assertThat(CODEC.toJsonOfVersion1(request)).hasValue(older.toString());
        TrainingSpec spec = request.training();
        TrainingSpec other = new TrainingSpec(
                spec.dataset(),
                spec.preprocessing(),
                spec.split(),
                new ArchitectureSpec("ux-net", spec.architecture().settings()),
                spec.settings(),
                spec.seed(),
                spec.initialWeights());
        assertThat(CODEC.toJsonOfVersion1(
                        new TrainingRequested(request.trainingId(), other, request.modelName(), request.output())))
                .isEmpty();
    }

    @Test
    void aRequestOfVersion1ThatSaysNothingOfCropsAnywhereMeansNone() throws Exception {
        ObjectNode older = (ObjectNode) JSON.readTree(Samples.json("io.deformux.training.requested.v1"));
        ((ObjectNode) older.at("/training/settings")).remove("cropsAnywhere");

        TrainingRequested request =
                (TrainingRequested) CODEC.decode(received("io.deformux.training.requested.v1", older.toString()));

        assertThat(request.training().settings().cropsAnywhere()).hasValue(0.0);
        assertThat(CODEC.toJsonOfVersion1(request)).hasValue(older.toString());
    }

    @Test
    void absentFieldsStayAbsent() {
        ScanArrived scan = new ScanArrived(
                "job",
                new InputReference(URI.create("file:///data/ct.nii.gz"), InputReference.Kind.NIFTI, Optional.empty()),
                new ModelReference("amos", Optional.empty()),
                URI.create("file:///out/"));

        assertThat(CODEC.toJson(scan))
                .isEqualTo("{\"jobId\":\"job\",\"input\":{\"uri\":\"file:///data/ct.nii.gz\",\"kind\":\"nifti\"},"
                        + "\"model\":{\"name\":\"amos\"},\"output\":\"file:///out/\"}");
        assertThat(CODEC.decode(encoded(scan))).isEqualTo(scan);
    }

    @Test
    void stagesKeepTheirOrder() {
        SegmentationCompleted back = (SegmentationCompleted) CODEC.decode(encoded(Samples.segmentationCompleted()));

        assertThat(back.timingsMs().keySet())
                .containsExactly("fetch", "read", "transform", "inference", "restore", "store");
    }

    @Test
    void affinesComeBackToTheLastBit() {
        List<Double> affine = new ArrayList<>(Samples.grid().affine());
        affine.set(0, Math.nextUp(0.1));
        affine.set(3, -Math.PI * 100);
        affine.set(7, Double.MIN_VALUE);
        Grid grid = new Grid(List.of(1, 2, 3), List.of(1.0, 1.0, 1.0), affine);

        SegmentationCompleted back = (SegmentationCompleted) CODEC.decode(encoded(withGrid(grid)));

        assertThat(back.grid().affine()).isEqualTo(affine);
    }

    @Test
    void consumersOfResultsIgnoreWhatLaterVersionsAdd() throws Exception {
        ObjectNode data = (ObjectNode) JSON.readTree(Samples.json(SegmentationCompleted.TYPE));
        data.put("later", 1);
        ((ObjectNode) data.get("model")).put("later", "x");
        ((ObjectNode) data.at("/outputs/0")).putObject("later");

        assertThat(CODEC.decode(received(SegmentationCompleted.TYPE, data.toString())))
                .isEqualTo(Samples.segmentationCompleted());
    }

    @Test
    void contentTypesThatMeanJsonAreTaken() {
        String json = Samples.json(JobProgress.TYPE);
        for (String contentType : List.of(
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"")) {
            assertThat(CODEC.decode(received(JobProgress.TYPE, contentType, json.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(Samples.jobProgress());
        }
        assertThat(CODEC.decode(received(JobProgress.TYPE, null, json.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Samples.jobProgress());
    }

    @Test
    void nothingThatBreaksItsSchemaIsSent() {
        JobProgress progress = new JobProgress("../etc", "inference", 1, 2, "windows", Optional.empty());

        assertThatThrownBy(() -> encoded(progress))
                .isInstanceOfSatisfying(InvalidEventException.class, e -> assertThat(e.pointer())
                        .isEqualTo("/jobId"));
        assertThatThrownBy(() -> CODEC.toJson(progress)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void notANumberIsNotSent() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            List<Double> affine = new ArrayList<>(Samples.grid().affine());
            affine.set(5, value);
            SegmentationCompleted event = withGrid(new Grid(List.of(1, 2, 3), List.of(1.0, 1.0, 1.0), affine));

            assertThatThrownBy(() -> encoded(event))
                    .isInstanceOfSatisfying(InvalidEventException.class, e -> assertThat(e.pointer())
                            .isEqualTo("/grid/affine/5"));
        }
    }

    @Test
    void aMissingValueIsNotSent() {
        ScanArrived scan = new ScanArrived("job", null, new ModelReference("amos", Optional.empty()), null);

        assertThatThrownBy(() -> encoded(scan))
                .isInstanceOfSatisfying(InvalidEventException.class, e -> assertThat(e.pointer())
                        .isEqualTo("/input"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aWholeEventIsOneLineOfJson(Event event) throws Exception {
        String line = CODEC.toJsonLine(encoded(event));
        JsonNode tree = JSON.readTree(line);

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(tree.get("specversion").asText()).isEqualTo("1.0");
        assertThat(tree.get("id").asText()).isEqualTo("id-1");
        assertThat(tree.get("type").asText()).isEqualTo(event.type());
        assertThat(tree.get("source").asText()).isEqualTo("/deformux/worker-infer");
        assertThat(tree.get("subject").asText()).isEqualTo(event.key());
        assertThat(tree.get("time").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(tree.get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(tree.get("data")).isEqualTo(JSON.readTree(Samples.json(event.type())));
    }

    @Test
    void aLineHasExtensionsAndDataThatAreNotJson() throws Exception {
        CloudEvent event = CloudEventBuilder.v1(
                        received("any", "text/plain", "two\nlines".getBytes(StandardCharsets.UTF_8)))
                .withExtension("attempt", 2)
                .withExtension("traceparent", "00-ab")
                .withExtension("last", true)
                .build();

        JsonNode line = JSON.readTree(CODEC.toJsonLine(event));

        assertThat(new String(line.get("data_base64").binaryValue(), StandardCharsets.UTF_8))
                .isEqualTo("two\nlines");
        assertThat(line.has("data")).isFalse();
        assertThat(line.get("attempt").isInt()).isTrue();
        assertThat(line.get("traceparent").asText()).isEqualTo("00-ab");
        assertThat(line.get("last").isBoolean()).isTrue();
    }

    static CloudEvent received(String type, String json) {
        return received(type, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    static CloudEvent received(String type, String contentType, byte[] data) {
        return CloudEventBuilder.v1()
                .withId("id-1")
                .withSource(URI.create("/pacs"))
                .withType(type)
                .withDataContentType(contentType)
                .withData(data)
                .build();
    }

    private static SegmentationCompleted withGrid(Grid grid) {
        SegmentationCompleted whole = Samples.segmentationCompleted();
        return new SegmentationCompleted(
                whole.jobId(),
                whole.inputSha256(),
                whole.model(),
                whole.outputs(),
                whole.labels(),
                grid,
                whole.timingsMs(),
                whole.runtime());
    }
}
