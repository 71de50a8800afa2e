package io.deformux.network.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads safetensors files. The values must follow each other without gap or overlap, as the format demands. */
final class SafetensorsReader {
    private static final int MOST_HEADER = 8 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A tensor in the file: its bytes are those from {@code start} to before {@code end}. */
    private record Entry(String name, TensorView tensor, long start, long end) {}

    private SafetensorsReader() {}

    static Checkpoint read(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            long length = FileRange.read(file, 0, Long.BYTES).getLong();
            CheckpointRefusal.unless(
                    length >= 2 && length <= MOST_HEADER,
                    "its header states " + Long.toUnsignedString(length) + " bytes; the limit is " + MOST_HEADER);
            ByteBuffer header = FileRange.read(file, Long.BYTES, (int) length);
            return read(file, Long.BYTES + length, entries(header.array()));
        }
    }

    private static Checkpoint read(FileChannel file, long dataStart, List<Entry> entries) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.name(), null));
        long position = 0;
        for (Entry entry : entries.stream()
                .sorted(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end))
                .toList()) {
            CheckpointRefusal.unless(
                    entry.start() == position
                            && entry.end() - position
                                    == entry.tensor().storage().bytes(),
                    "the data_offsets of " + entry.name() + " do not fit its shape and the tensor before it");
            ByteBuffer bytes = FileRange.read(
                    file, dataStart + position, entry.tensor().storage().bytes());
            tensors.put(entry.name(), entry.tensor().read(bytes));
            position = entry.end();
        }
        CheckpointRefusal.unless(file.size() == dataStart + position, "it has bytes after its last tensor");
        CheckpointRefusal.unless(!tensors.isEmpty(), "there is no tensor in it");
        return new Checkpoint(CheckpointFormat.SAFETENSORS, StateDict.unwrapped(tensors));
    }

    private static List<Entry> entries(byte[] header) {
        List<Entry> entries = new ArrayList<>();
        try {
            if (!(MAPPER.readTree(header) instanceof ObjectNode root)) {
                throw CheckpointRefusal.because("its header is no JSON object");
            }
            root.properties().forEach(field -> {
                if (!field.getKey().equals(Safetensors.METADATA)) {
                    entries.add(entry(field.getKey(), field.getValue()));
                }
            });
        } catch (IOException e) {
            throw CheckpointRefusal.because("its header is not proper JSON");
        }
        return entries;
    }

    private static Entry entry(String name, JsonNode node) {
        StateDict.requireName(name);
        String dtype = node.path(Safetensors.TYPE).asText();
        ElementType type = ElementType.ofSafetensors(dtype)
                .orElseThrow(() -> CheckpointRefusal.because(name + " has the dtype " + CheckpointRefusal.shown(dtype)
                        + ", which is not read; save it as F32, BF16, F16 or F64"));
        List<Long> shape = integers(node.path(Safetensors.SHAPE), name);
        List<Long> offsets = integers(node.path(Safetensors.OFFSETS), name);
        CheckpointRefusal.unless(offsets.size() == 2, name + " does not have two data_offsets");
        return new Entry(name, TensorView.whole(name, type, shape), offsets.get(0), offsets.get(1));
    }

    private static List<Long> integers(JsonNode array, String name) {
        List<Long> values = new ArrayList<>();
        for (JsonNode value : array) {
            CheckpointRefusal.unless(
                    value.isIntegralNumber() && value.canConvertToLong(),
                    name + " has a size or offset that is no integer");
            values.add(value.longValue());
        }
        CheckpointRefusal.unless(array.isArray(), name + " lacks its shape or data_offsets");
        return values;
    }
}
