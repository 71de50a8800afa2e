package io.deformux.network.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes safetensors files. The same weights always give the same bytes. */
public final class SafetensorsWriter {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes weights in their order.
     *
     * @param file replaced if it exists
     */
    public static void write(Path file, Weights weights, Precision precision) throws IOException {
        byte[] header = header(weights, precision);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(littleEndian(Long.BYTES).putLong(header.length).array());
            out.write(header);
            for (Tensor tensor : weights.tensors().values()) {
                ByteBuffer bytes = littleEndian(Math.multiplyExact(tensor.values().length, precision.bytes()));
                precision.put(tensor.values(), bytes);
                out.write(bytes.array());
            }
        }
    }

    /** JSON, filled up with spaces so that the values start at a multiple of 8 bytes. */
    private static byte[] header(Weights weights, Precision precision) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        // Readers of other projects take the file for PyTorch's by this entry.
        root.putObject(Safetensors.METADATA).put("format", "pt");
        long position = 0;
        for (var entry : weights.tensors().entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey())
                    .put(Safetensors.TYPE, type(precision).safetensorsName());
            ArrayNode shape = node.putArray(Safetensors.SHAPE);
            Arrays.stream(tensor.shape()).forEach(shape::add);
            long end = position + (long) tensor.values().length * precision.bytes();
            node.putArray(Safetensors.OFFSETS).add(position).add(end);
            position = end;
        }
        byte[] json = MAPPER.writeValueAsBytes(root);
        byte[] padded = Arrays.copyOf(json, json.length + Math.floorMod(-json.length, ALIGNMENT));
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static ElementType type(Precision precision) {
        return switch (precision) {
            case FP32 -> ElementType.FLOAT;
            case BF16 -> ElementType.BFLOAT16;
            case FP16 -> ElementType.HALF;
        };
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
