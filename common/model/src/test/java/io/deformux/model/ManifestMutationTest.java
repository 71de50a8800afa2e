package io.deformux.model;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to a manifest, reading it gives a manifest or MODEL_INVALID. */
class ManifestMutationTest {
    private static final byte[] JSON = ManifestJson.write(Samples.manifest(
            new ModelId("abdomen", "1.0.0"), List.of(new Member("model.pt", "ab".repeat(32), OptionalInt.of(1)))));
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-0.0",
            "2147483648",
            "1e-400",
            "\"\"",
            "\"..\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"a\": {}}",
            "99999999999999999999",
            "16",
            "\"amos\"");

    @Property(tries = 500)
    void changedBytes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] json = JSON.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
        }
        readOrRefuse(json);
    }

    @Property(tries = 100)
    void cutShort(@ForAll long seed) {
        readOrRefuse(Arrays.copyOf(JSON, new Random(seed).nextInt(JSON.length)));
    }

    @Property(tries = 1000)
    void changedValues(@ForAll long seed) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Random random = new Random(seed);
        JsonNode root = mapper.readTree(JSON);
        for (int n = random.nextInt(3); n >= 0; n--) {
            List<ContainerNode<?>> containers = new ArrayList<>();
            collect(root, containers);
            JsonNode value = mapper.readTree(VALUES.get(random.nextInt(VALUES.size())));
            change(containers.get(random.nextInt(containers.size())), value, random);
        }
        readOrRefuse(mapper.writeValueAsBytes(root));
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> into) {
        if (node instanceof ContainerNode<?> container) {
            into.add(container);
            node.forEach(child -> collect(child, into));
        }
    }

    private static void change(ContainerNode<?> container, JsonNode value, Random random) {
        int size = container.size();
        if (container instanceof ArrayNode array) {
            if (size == 0 || random.nextBoolean()) {
                array.insert(random.nextInt(size + 1), value);
            } else if (random.nextBoolean()) {
                array.remove(random.nextInt(size));
            } else {
                array.set(random.nextInt(size), value);
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(List.of("unknown"));
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private static void readOrRefuse(byte[] json) {
        try {
            ModelManifest read = ManifestJson.read(json);
            assertThat(ManifestJson.read(ManifestJson.write(read))).isEqualTo(read);
            assertThat(ManifestJson.read(ManifestJson.write(read)).digest()).isEqualTo(read.digest());
        } catch (JobException refusal) {
            assertThat(refusal.code()).isEqualTo(MODEL_INVALID);
        }
    }
}
