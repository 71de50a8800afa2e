package io.deformux.worker.infer.outputs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.mesh.Surface;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Surfaces as binary glTF 2.0 (registry.khronos.org/glTF/specs/2.0): one mesh per label. Vertices are RAS+ mm of the scan, as
 * {@code asset.extras} says; the one root node turns and scales them to what glTF asks for, metres with +Y up and +Z to the
 * front.
 */
final class GlbFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAGIC = 0x46546c67;
    private static final int JSON_CHUNK = 0x4e4f534a;
    private static final int BINARY_CHUNK = 0x004e4942;
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int VERTICES = 34962;
    private static final int INDICES = 34963;

    /** Right to -X, anterior to +Z, superior to +Y, mm to m; column by column. */
    private static final double[] RAS_TO_GLTF = {-0.001, 0, 0, 0, 0, 0, 0.001, 0, 0, 0.001, 0, 0, 0, 0, 0, 1};

    private GlbFile() {}

    /**
     * One label.
     *
     * @param name its class
     * @param rgb its colour, red in bits 16 to 23
     * @param surface in RAS+ mm
     */
    record Part(String name, int rgb, Surface surface) {
        long bytes() {
            return Float.BYTES * (long) surface.vertices().length + Integer.BYTES * (long) surface.triangles().length;
        }
    }

    /** Writes a file; {@code INPUT_TOO_LARGE} if it exceeded the 4 GiB of a binary glTF. */
    static void write(Path file, List<Part> parts) throws IOException {
        byte[] json = padded(JSON.writeValueAsString(document(parts)).getBytes(StandardCharsets.UTF_8));
        long binary = parts.stream().mapToLong(Part::bytes).sum();
        long total = 12 + 8 + json.length + 8 + binary;
        if (total > 0xffffffffL) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE, "the surfaces have more than the 4 GiB that a binary glTF may have");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(ints(MAGIC, 2, (int) total, json.length, JSON_CHUNK));
            out.write(json);
            out.write(ints((int) binary, BINARY_CHUNK));
            for (Part part : parts) {
                ByteBuffer vertices = buffer(part.surface().vertices().length);
                vertices.asFloatBuffer().put(part.surface().vertices());
                out.write(vertices.array());
                out.write(ints(part.surface().triangles()));
            }
        }
    }

    private static ObjectNode document(List<Part> parts) {
        ObjectNode document = JSON.createObjectNode();
        ObjectNode asset = document.putObject("asset").put("version", "2.0").put("generator", "deformux");
        asset.putObject("extras").put("vertices", "RAS+ mm");
        document.put("scene", 0)
                .putArray("scenes")
                .addObject()
                .putArray("nodes")
                .add(0);
        ArrayNode nodes = document.putArray("nodes");
        ObjectNode root = nodes.addObject().put("name", "RAS+ mm");
        Arrays.stream(RAS_TO_GLTF).forEach(root.putArray("matrix")::add);
        ArrayNode children = root.putArray("children");
        ArrayNode meshes = document.putArray("meshes");
        ArrayNode materials = document.putArray("materials");
        ArrayNode accessors = document.putArray("accessors");
        ArrayNode views = document.putArray("bufferViews");
        long at = 0;
        for (int n = 0; n < parts.size(); n++) {
            Part part = parts.get(n);
            children.add(n + 1);
            nodes.addObject().put("name", part.name()).put("mesh", n);
            ObjectNode primitive = meshes.addObject()
                    .put("name", part.name())
                    .putArray("primitives")
                    .addObject()
                    .put("indices", 2 * n + 1)
                    .put("material", n);
            primitive.putObject("attributes").put("POSITION", 2 * n);
            addMaterial(materials, part);
            at = addView(views, at, Float.BYTES * (long) part.surface().vertices().length, VERTICES);
            at = addView(views, at, Integer.BYTES * (long) part.surface().triangles().length, INDICES);
            addAccessors(accessors, part.surface(), 2 * n);
        }
        document.putArray("buffers").addObject().put("byteLength", at);
        return document;
    }

    private static void addMaterial(ArrayNode materials, Part part) {
        ObjectNode material = materials.addObject().put("name", part.name());
        ObjectNode colour = material.putObject("pbrMetallicRoughness").put("metallicFactor", 0);
        ArrayNode factor = colour.putArray("baseColorFactor");
        for (int shift = 16; shift >= 0; shift -= 8) {
            factor.add(linear((part.rgb() >> shift & 0xff) / 255.0));
        }
        factor.add(1);
    }

    /** From sRGB (IEC 61966-2-1) to what glTF's factors are in. */
    private static double linear(double level) {
        return level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
    }

    private static long addView(ArrayNode views, long at, long bytes, int target) {
        views.addObject()
                .put("buffer", 0)
                .put("byteOffset", at)
                .put("byteLength", bytes)
                .put("target", target);
        return at + bytes;
    }

    private static void addAccessors(ArrayNode accessors, Surface surface, int view) {
        float[] lowest = {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        float[] highest = {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int n = 0; n < surface.vertices().length; n++) {
            lowest[n % 3] = Math.min(lowest[n % 3], surface.vertices()[n]);
            highest[n % 3] = Math.max(highest[n % 3], surface.vertices()[n]);
        }
        ObjectNode vertices = accessors
                .addObject()
                .put("bufferView", view)
                .put("componentType", FLOAT)
                .put("count", surface.vertices().length / 3)
                .put("type", "VEC3");
        ArrayNode min = vertices.putArray("min");
        ArrayNode max = vertices.putArray("max");
        for (int axis = 0; axis < 3; axis++) {
            min.add(lowest[axis]);
            max.add(highest[axis]);
        }
        accessors
                .addObject()
                .put("bufferView", view + 1)
                .put("componentType", UNSIGNED_INT)
                .put("count", surface.triangles().length)
                .put("type", "SCALAR");
    }

    /** Chunks have a multiple of four bytes; that of text is filled up with blanks. */
    private static byte[] padded(byte[] text) {
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = buffer(values.length);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static ByteBuffer buffer(int values) {
        return ByteBuffer.allocate(Math.multiplyExact(values, 4)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
