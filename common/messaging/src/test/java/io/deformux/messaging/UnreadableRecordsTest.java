package io.deformux.messaging;

import static io.deformux.messaging.Jobs.completed;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.testing.server.KafkaFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is sent to a job topic, it has one end, and the jobs behind it are done. */
@Timeout(60)
class UnreadableRecordsTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BAD_MESSAGE = DeadLetterHeaders.MESSAGE;

    private final Jobs jobs = new Jobs(KAFKA.connection(), 2);
    private final Workers workers = new Workers();

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void everyHeaderMayLackOrHaveNoValueAndTheLetterSaysWhich() throws Exception {
        String noContentType = sendWith("content-type", null);
        sendWith("ce_specversion", null);
        sendWith("ce_id", null);
        sendWith("ce_source", null);
        sendWith("ce_type", null);
        sendWith("ce_id", "");
        sendWith("ce_source", "not a uri");
        sendWith("ce_specversion", "0.3");
        sendWith("ce_time", "27.11.2026 12:00");
        sendWith("ce_correlation_id", "17");
        sendWith("content-type", "text/plain");
        String last = jobs.send(0);
        String otherPlace = jobs.send(1);

        start(KAFKA.connection());

        awaitCompleted(noContentType);
        awaitCompleted(last);
        awaitCompleted(otherPlace);
        List<ConsumerRecord<byte[], byte[]>> letters = jobs.deadLetters();
        assertThat(letters)
                .allSatisfy(letter ->
                        assertThat(Jobs.header(letter, DeadLetterHeaders.CODE)).isEqualTo("EVENT_INVALID"))
                .extracting(letter -> Jobs.header(letter, BAD_MESSAGE))
                .satisfiesExactly(
                        message -> assertThat(message).contains("neither ce_ headers", "application/cloudevents+json"),
                        message -> assertThat(message).contains("attribute id is missing"),
                        message -> assertThat(message).contains("attribute source is missing"),
                        message -> assertThat(message).contains("attribute type is missing"),
                        message -> assertThat(message).contains("attribute id is empty"),
                        message -> assertThat(message).contains("attribute source must be a URI"),
                        message -> assertThat(message).contains("specversion must be 1.0"),
                        message -> assertThat(message).contains("attribute time must be a time of RFC 3339"),
                        message -> assertThat(message).contains("attribute correlation_id has a name"),
                        message -> assertThat(message).contains("content type must be application/json"));
    }

    @Test
    void aJobInStructuredModeRunsAndABatchIsALetterThatSaysSo() throws Exception {
        ScanArrived scan = Jobs.scan("structured");
        String data = new EventCodec().toJson(scan);
        String event = "{\"specversion\":\"1.0\",\"id\":\"s1\",\"source\":\"/router\",\"type\":\"" + ScanArrived.TYPE
                + "\",\"datacontenttype\":\"application/json\",\"data\":" + data + "}";
        sendStructured("application/cloudevents-batch+json", "[" + event + "]");
        sendStructured("application/cloudevents+avro", event);
        sendStructured("application/cloudevents+json", "{\"specversion\":\"1.0\"}");
        sendStructured("application/cloudevents+json", "[".repeat(50_000));
        sendStructured("application/cloudevents+json", null);
        sendStructured("application/cloudevents+json; charset=UTF-8", event);

        start(KAFKA.connection());

        awaitCompleted("structured");
        assertThat(jobs.deadLetters())
                .extracting(letter -> Jobs.header(letter, BAD_MESSAGE))
                .satisfiesExactly(
                        message -> assertThat(message).contains("batch"),
                        message -> assertThat(message).contains("application/cloudevents+json in UTF-8 only"),
                        message -> assertThat(message).contains("attribute id is missing"),
                        message -> assertThat(message).contains("nesting is too deep"),
                        message -> assertThat(message).contains("JSON object"));
    }

    @Test
    void aLetterThatIsLargerThanItsRecordWasOnTheWireIsCut() throws Exception {
        sendCompressed("big", 890_000, 200_000);
        String samePlace = jobs.send(0);

        start(KAFKA.connection());

        awaitCompleted(samePlace);
        assertThat(jobs.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter).returns(null, ConsumerRecord::value);
            assertThatArray(letter.key()).isEqualTo(bytes("big"));
            assertThat(Jobs.header(letter, "x-baggage")).hasSize(200_000);
            assertThat(Jobs.header(letter, DeadLetterHeaders.CUT)).isEqualTo("value");
            assertThat(Jobs.header(letter, BAD_MESSAGE)).isNotEmpty();
        });
    }

    @Test
    void aLetterIsCutToWhatThisClusterTakesHoweverLittleThatIs() throws Exception {
        sendCompressed("k".repeat(60_000), 300_000, 100_000);
        sendCompressed("short", 300_000, 100_000);
        String samePlace = jobs.send(0);

        start(new KafkaConnection(KAFKA.connection().bootstrapServers(), Map.of("max.request.size", "50000")));

        awaitCompleted(samePlace);
        assertThat(jobs.deadLetters())
                .extracting(letter -> Jobs.header(letter, DeadLetterHeaders.CUT))
                .containsExactly("value,headers,key", "value,headers");
        assertThat(jobs.deadLetters()).allSatisfy(letter -> {
            assertThat(Jobs.header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(jobs.topic());
            assertThat(Jobs.header(letter, DeadLetterHeaders.OFFSET)).isNotNull();
        });
    }

    @Test
    void aReaderLeavesOutWhatItCannotReadAndGoesOn() throws Exception {
        sendWith("ce_id", null);
        sendWith("ce_type", null);
        String good = jobs.send(0);
        try (EventReader reader = new EventReader(KAFKA.connection(), List.of(jobs.topic()), From.EARLIEST)) {
            Optional<ReceivedEvent> first = reader.await(any -> true, LONG);
            assertThat(first)
                    .hasValueSatisfying(event -> assertThat(event.event().key()).isEqualTo(good));
        }
    }

    private void start(KafkaConnection connection) {
        workers.start(connection, jobs.config(), (job, context) -> List.of(completed(job)));
    }

    private void awaitCompleted(String jobId) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(jobs.results(jobId)).singleElement().isInstanceOf(SegmentationCompleted.class));
    }

    /** A good job but for one header, which has this value, or none; gives its job id. */
    private String sendWith(String header, String value) throws Exception {
        String jobId = "job-" + header.replace("_", "-") + "-"
                + Math.abs(String.valueOf(value).hashCode());
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce_specversion", "1.0",
                "ce_id", "1",
                "ce_source", "/test",
                "ce_type", ScanArrived.TYPE,
                "content-type", "application/json"));
        headers.put(header, value);
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(jobs.topic(), 0, bytes(jobId), bytes(new EventCodec().toJson(Jobs.scan(jobId))));
        headers.forEach((name, text) -> sent.headers().add(name, bytes(text)));
        jobs.sendRaw(sent);
        return jobId;
    }

    private void sendStructured(String contentType, String json) throws Exception {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(jobs.topic(), 0, bytes("structured"), bytes(json));
        sent.headers().add("content-type", bytes(contentType));
        jobs.sendRaw(sent);
    }

    /** Small on the wire, larger than the default limits as it is. */
    private void sendCompressed(String key, int valueBytes, int headerBytes) throws Exception {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(jobs.topic(), 0, bytes(key), new byte[valueBytes]);
        sent.headers().add("x-baggage", bytes("b".repeat(headerBytes)));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of("compression.type", "gzip", "max.request.size", 5_000_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(sent).get();
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
