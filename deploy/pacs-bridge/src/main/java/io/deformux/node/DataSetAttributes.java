package io.deformux.node;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.routing.AttributePath;
import io.deformux.routing.SeriesAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Attributes of one instance, out of its data set. Immutable. */
final class DataSetAttributes implements SeriesAttributes {
    private static final int MOST_VALUES = 1024;

    /** Single-byte character sets and multi-byte ones without code extensions (PS3.3 section C.12.1.1.2). */
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("ISO_IR 101", "ISO-8859-2"),
            Map.entry("ISO_IR 109", "ISO-8859-3"),
            Map.entry("ISO_IR 110", "ISO-8859-4"),
            Map.entry("ISO_IR 144", "ISO-8859-5"),
            Map.entry("ISO_IR 127", "ISO-8859-6"),
            Map.entry("ISO_IR 126", "ISO-8859-7"),
            Map.entry("ISO_IR 138", "ISO-8859-8"),
            Map.entry("ISO_IR 148", "ISO-8859-9"),
            Map.entry("ISO_IR 192", "UTF-8"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("GBK", "GBK"));

    private static final Set<String> BULK = Set.of("OB", "OW", "OD", "OF", "OL", "OV");

    private final DataSet dataSet;
    private final Charset charset;

    DataSetAttributes(DataSet dataSet) {
        this.dataSet = dataSet;
        this.charset = dataSet.codes(Tag.SPECIFIC_CHARACTER_SET).stream()
                .map(CHARSETS::get)
                .filter(name -> name != null && Charset.isSupported(name))
                .findFirst()
                .map(Charset::forName)
                .orElse(StandardCharsets.ISO_8859_1);
    }

    @Override
    public List<String> values(AttributePath path) {
        List<String> found = new ArrayList<>();
        collect(dataSet, path.tags(), found);
        return found;
    }

    private void collect(DataSet in, List<Integer> tags, List<String> found) {
        Element element = in.element(tags.get(0)).orElse(null);
        if (tags.size() == 1) {
            if (element instanceof Element.Bytes bytes
                    && !BULK.contains(bytes.vr().name())) {
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
        if (element.vr().unit() == 1) {
            int length = Math.min(element.value().length, MOST_CHARACTERS);
            String text = new String(element.value(), 0, length, charset);
            return Stream.of(text.split("\\\\", -1))
                    .map(value -> value.replace("\0", "").strip())
                    .filter(value -> !value.isEmpty())
                    .toList();
        }
        ByteBuffer numbers = ByteBuffer.wrap(element.value()).order(element.order());
        List<String> values = new ArrayList<>();
        int unit = element.vr().unit();
        while (numbers.remaining() >= Math.max(unit, Short.BYTES) && values.size() < MOST_VALUES) {
            switch (element.vr()) {
                case US -> values.add(Integer.toString(numbers.getShort() & 0xffff));
                case SS -> values.add(Short.toString(numbers.getShort()));
                case UL -> values.add(Integer.toUnsignedString(numbers.getInt()));
                case SL -> values.add(Integer.toString(numbers.getInt()));
                case FL -> values.add(Float.toString(numbers.getFloat()));
                case FD -> values.add(Double.toString(numbers.getDouble()));
                default -> {
                    return List.of();
                }
            }
        }
        return values;
    }
}
