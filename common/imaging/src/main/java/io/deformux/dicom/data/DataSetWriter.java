package io.deformux.dicom.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;

/**
 * Writes data elements (PS3.5 chapter 7) in one encoding; sequences and items with delimiters instead of lengths, so
 * that nothing is buffered. Belongs to one thread; does not close its stream.
 */
public final class DataSetWriter {
    private static final int ITEM = 0xfffee000;
    private static final int ITEM_END = 0xfffee00d;
    private static final int SEQUENCE_END = 0xfffee0dd;
    private static final int UNDEFINED = 0xffffffff;

    private final OutputStream out;
    private final Encoding encoding;

    /** A writer to this stream. */
    public DataSetWriter(OutputStream out, Encoding encoding) {
        this.out = out;
        this.encoding = encoding;
    }

    /** Writes the elements in ascending tag order. */
    public void write(DataSet dataSet) throws IOException {
        for (Element element : dataSet.elements()) {
            write(element);
        }
    }

    private void write(Element element) throws IOException {
        putTag(element.tag());
        if (element instanceof Element.Bytes bytes) {
            boolean odd = bytes.value().length % 2 != 0;
            putVrAndLength(element.vr(), bytes.value().length + (odd ? 1 : 0));
            out.write(inOrder(bytes));
            if (odd) {
                out.write(0);
            }
        } else if (element instanceof Element.Items items) {
            putVrAndLength(Vr.SQ, UNDEFINED);
            for (DataSet item : items.items()) {
                putTag(ITEM);
                putInt(UNDEFINED);
                write(item);
                putTag(ITEM_END);
                putInt(0);
            }
            putTag(SEQUENCE_END);
            putInt(0);
        } else if (element instanceof Element.Fragments pixels) {
            putVrAndLength(Vr.OB, UNDEFINED);
            // The offset table may be left empty (PS3.5 section A.4).
            putTag(ITEM);
            putInt(0);
            for (byte[] fragment : pixels.fragments()) {
                putTag(ITEM);
                putInt(fragment.length);
                out.write(fragment);
            }
            putTag(SEQUENCE_END);
            putInt(0);
        }
    }

    private byte[] inOrder(Element.Bytes element) {
        int unit = element.vr().unit();
        if (element.order() == encoding.order() || unit == 1) {
            return element.value();
        }
        byte[] value = element.value();
        byte[] swapped = new byte[value.length];
        for (int n = 0; n < value.length; n++) {
            swapped[n] = value[n - n % unit + unit - 1 - n % unit];
        }
        return swapped;
    }

    private void putVrAndLength(Vr vr, int length) throws IOException {
        if (!encoding.explicitVr()) {
            putInt(length);
            return;
        }
        out.write(vr.name().charAt(0));
        out.write(vr.name().charAt(1));
        if (vr.longForm()) {
            putShort(0);
            putInt(length);
        } else if (length > 0xffff) {
            throw new IllegalArgumentException("a value of representation " + vr + " has at most 65535 bytes");
        } else {
            putShort(length);
        }
    }

    private void putTag(int tag) throws IOException {
        putShort(tag >>> 16);
        putShort(tag & 0xffff);
    }

    private void putShort(int value) throws IOException {
        boolean little = encoding.order() == ByteOrder.LITTLE_ENDIAN;
        out.write(little ? value : value >> 8);
        out.write(little ? value >> 8 : value);
    }

    private void putInt(int value) throws IOException {
        boolean little = encoding.order() == ByteOrder.LITTLE_ENDIAN;
        putShort(little ? value & 0xffff : value >>> 16);
        putShort(little ? value >>> 16 : value & 0xffff);
    }
}
