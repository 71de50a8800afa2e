package io.deformux.node;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.SpecificCharacterSet;
import io.deformux.dicom.data.Vr;
import io.deformux.routing.AttributePath;
import io.deformux.routing.SeriesAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Attributes of one instance, out of its data set. Immutable. */
final class DataSetAttributes implements SeriesAttributes {
    private static final int MOST_VALUES = 1024;

    /** Representations of bytes that mean nothing to rules: they are there or not. */
    private static final Set<String> BULK = Set.of("OB", "OW", "OD", "OF", "OL", "OV");

    private final DataSet dataSet;
    private final Charset charset;

    DataSetAttributes(DataSet dataSet) {
        this.dataSet = dataSet;
        this.charset = SpecificCharacterSet.anyOf(dataSet).orElse(StandardCharsets.ISO_8859_1);
    }

    @Override
    public List<String> values(AttributePath path) {
        List<String> found = new ArrayList<>();
        collect(dataSet, path.tags(), found);
        return found;
    }

    @Override
    public boolean has(AttributePath path) {
        return has(dataSet, path.tags());
    }

    private boolean has(DataSet in, List<Integer> tags) {
        Element element = in.element(tags.get(0)).orElse(null);
        if (element instanceof Element.Items sequence) {
            return tags.size() == 1
                    ? !sequence.items().isEmpty()
                    : sequence.items().stream().anyMatch(item -> has(item, tags.subList(1, tags.size())));
        }
        return tags.size() == 1
                && element instanceof Element.Bytes bytes
                && bytes.value().length > 0
                && (isOpaque(bytes) || bytes.vr() == Vr.UN || !text(bytes).isBlank());
    }

    private static boolean isOpaque(Element.Bytes element) {
        return BULK.contains(element.vr().name());
    }

    private void collect(DataSet in, List<Integer> tags, List<String> found) {
        Element element = in.element(tags.get(0)).orElse(null);
        if (tags.size() == 1) {
            if (element instanceof Element.Bytes bytes && !isOpaque(bytes)) {
                found.addAll(values(bytes));
            }
        } else if (element instanceof Element.Items sequence) {
            for (DataSet item : sequence.items()) {
                if (found.size() < MOST_VALUES) {
                    collect(item, tags.subList(1, tags.size()), found);
                }
            }
        }
    }

    private List<String> values(Element.Bytes element) {
        String text = text(element);
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return List.of();
        }
        return Stream.of(text.split("\\\\", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** All values, with backslashes between them; of numbers no more than is too much anyhow. */
    private String text(Element.Bytes element) {
        if (element.vr().unit() == 1) {
            return new String(element.value(), charset).replace("\0", "").strip();
        }
        ByteBuffer numbers = ByteBuffer.wrap(element.value()).order(element.order());
        StringBuilder text = new StringBuilder();
        int bytes = element.vr() == Vr.AT ? Integer.BYTES : element.vr().unit();
        while (numbers.remaining() >= bytes && text.length() <= MOST_BYTES) {
            text.append(text.isEmpty() ? "" : "\\").append(number(element.vr(), numbers));
        }
        return text.toString();
    }

    private static String number(Vr vr, ByteBuffer numbers) {
        return switch (vr) {
            case AT -> String.format("%04x,%04x", numbers.getShort() & 0xffff, numbers.getShort() & 0xffff);
            case US -> Integer.toString(numbers.getShort() & 0xffff);
            case SS -> Short.toString(numbers.getShort());
            case UL -> Integer.toUnsignedString(numbers.getInt());
            case SL -> Integer.toString(numbers.getInt());
            case FL -> Float.toString(numbers.getFloat());
            case FD -> Double.toString(numbers.getDouble());
            case UV -> Long.toUnsignedString(numbers.getLong());
            case SV -> Long.toString(numbers.getLong());
            default -> throw new IllegalStateException("a representation of numbers that is not known: " + vr);
        };
    }
}
