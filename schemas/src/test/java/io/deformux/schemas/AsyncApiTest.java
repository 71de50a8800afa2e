package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code asyncapi.yaml} describes exactly the topics, events and schemas that the code has. */
class AsyncApiTest {
    private final JsonNode api = Contract.asyncApi();

    static List<Event> events() {
        return Samples.all();
    }

    @Test
    void isOfTheThirdMajorVersion() {
        assertThat(api.get("asyncapi").asText()).startsWith("3.");
    }

    @Test
    void channelsAreTheTopics() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (JsonNode channel : api.get("channels")) {
            addresses.add(channel.get("address").asText());
            assertThat(channel.at("/bindings/kafka/topic")).isEqualTo(channel.get("address"));
        }
        assertThat(addresses).containsExactlyInAnyOrderElementsOf(constants(Topics.class));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsAMessageOfItsTopicWithItsSchema(Event event) {
        JsonNode message = messageNamed(event.type());

        assertThat(message.at("/payload/$ref").asText()).isEqualTo(EventSchemas.file(event.type()));
        assertThat(Contract.follow(api, message.get("payload"))).isEqualTo(Contract.schema(event.type()));
        assertThat(messagesOf(channelAt(event.topic()))).contains(message);
    }

    @Test
    void noMessageIsWithoutARecord() {
        Set<String> names = new TreeSet<>();
        api.at("/components/messages")
                .forEach(message -> names.add(message.get("name").asText()));
        Set<String> expected = new TreeSet<>(EventCodec.types());
        expected.addAll(Set.of("deadLetter", "deadLetterMark", "retry"));

        assertThat(names).isEqualTo(expected);
    }

    @Test
    void everyMessageTravelsOnOneChannelAndInOneOperation() {
        List<JsonNode> onChannels = new ArrayList<>();
        api.get("channels").forEach(channel -> onChannels.addAll(messagesOf(channel)));
        List<JsonNode> inOperations = new ArrayList<>();
        for (JsonNode operation : api.get("operations")) {
            JsonNode channel = Contract.follow(api, operation.get("channel"));
            for (JsonNode reference : operation.get("messages")) {
                JsonNode message = Contract.follow(api, Contract.follow(api, reference));
                assertThat(messagesOf(channel)).contains(message);
                inOperations.add(message);
            }
        }
        List<JsonNode> all = new ArrayList<>();
        api.at("/components/messages").forEach(all::add);

        assertThat(onChannels).containsExactlyInAnyOrderElementsOf(all);
        assertThat(inOperations).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theHeadersOfAnEventAreDescribed(Event event) {
        JsonNode trait = Contract.follow(api, messageNamed(event.type()).at("/traits/0"));
        Set<String> described = names(trait.at("/headers/properties"));
        Set<String> written = new HashSet<>(Set.of("ce_specversion", "content-type"));
        written.addAll(Set.of("traceparent", "tracestate")); // of those that belong to a trace
        EventCodecTest.encoded(event).getAttributeNames().stream()
                .filter(name -> !name.equals("datacontenttype") && !name.equals("specversion"))
                .forEach(name -> written.add("ce_" + name));

        assertThat(described).isEqualTo(written);
        assertThat(event.type())
                .matches(trait.at("/headers/properties/ce_type/pattern").asText());
        assertThat(event.key()).matches(trait.at("/bindings/kafka/key/pattern").asText());
    }

    @Test
    void theHeadersOfADeadLetterAreDescribed() throws Exception {
        requireHeaders("deadLetter", DeadLetterHeaders.class);
    }

    @Test
    void theHeadersOfAMarkAreDescribed() throws Exception {
        requireHeaders("deadLetterMark", DeadLetterMark.class);
    }

    @Test
    void theHeadersOfAWaitingJobAreDescribed() throws Exception {
        requireHeaders("retry", RetryHeaders.class);
    }

    private void requireHeaders(String message, Class<?> holder) throws Exception {
        JsonNode headers = messageNamed(message).get("headers");
        List<String> required = new ArrayList<>();
        headers.get("required").forEach(name -> required.add(name.asText()));

        assertThat(names(headers.get("properties"))).isEqualTo(constants(holder));
        Set<String> always = constants(holder);
        // Those that say what only some of them have.
        always.removeAll(Set.of(
                DeadLetterHeaders.CUT,
                RetryHeaders.WAIT,
                RetryHeaders.SENT,
                RetryHeaders.LACK_WAITS,
                RetryHeaders.LACKS_SINCE));
        assertThat(required).containsExactlyInAnyOrderElementsOf(always);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = api.findParents("$ref");

        assertThat(references).isNotEmpty().allSatisfy(node -> assertThat(Contract.follow(api, node))
                .isNotNull());
    }

    private JsonNode channelAt(String topic) {
        for (JsonNode channel : api.get("channels")) {
            if (channel.get("address").asText().equals(topic)) {
                return channel;
            }
        }
        throw new AssertionError("no channel has the address " + topic);
    }

    private JsonNode messageNamed(String name) {
        for (JsonNode message : api.at("/components/messages")) {
            if (message.get("name").asText().equals(name)) {
                return message;
            }
        }
        throw new AssertionError("no message has the name " + name);
    }

    private List<JsonNode> messagesOf(JsonNode channel) {
        List<JsonNode> messages = new ArrayList<>();
        channel.get("messages").forEach(message -> messages.add(Contract.follow(api, message)));
        return messages;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> constants(Class<?> holder) throws IllegalAccessException {
        Set<String> values = new TreeSet<>();
        for (Field field : Arrays.asList(holder.getFields())) {
            values.add((String) field.get(null));
        }
        return values;
    }
}
