package io.deformux.dicom.pixel;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A small plane with flat and busy parts, and its codings: streams of dcmtk, and JPEG 2000 made here. */
final class CodedPlane {
    static final int ROWS = 20;
    static final int COLUMNS = 24;
    static final PixelFormat TWELVE_BITS = new PixelFormat(ROWS, COLUMNS, 16, 12, 11, false);
    static final PixelFormat EIGHT_BITS = new PixelFormat(ROWS, COLUMNS, 8, 8, 7, false);

    private CodedPlane() {}

    /** Sample at column i of row j, 12 bits. */
    static int value(int i, int j) {
        return j < 6 ? 100 : (i * 37 + j * j * 11 + i * j % 7 * 50) % 4096;
    }

    static byte[] stream(String name) {
        if (name.equals("lossless.j2k")) {
            return jpeg2000();
        }
        try (InputStream in = CodedPlane.class.getResourceAsStream("coded/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PixelFormat format(String name) {
        return name.equals("baseline.jpg") || name.equals("lossless-8.jls") ? EIGHT_BITS : TWELVE_BITS;
    }

    static PixelDecoder decoder(String name) {
        TransferSyntax syntax = name.equals("baseline.jpg")
                ? TransferSyntax.JPEG_BASELINE
                : name.equals("extended-12.jpg")
                        ? TransferSyntax.JPEG_EXTENDED
                        : name.endsWith("jpg")
                                ? TransferSyntax.JPEG_LOSSLESS
                                : name.endsWith("jls") ? TransferSyntax.JPEG_LS : TransferSyntax.JPEG_2000;
        return PixelDecoders.standard().of(syntax);
    }

    static int[] decode(String name, byte[] stream) {
        return decode(decoder(name), format(name), stream);
    }

    static int[] decode(PixelDecoder decoder, PixelFormat format, byte[] stream) {
        short[] samples = new short[(int) format.samples()];
        Element.Fragments pixels =
                new Element.Fragments(Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), List.of(stream));
        decoder.decode(pixels, 0, 1, format, samples);
        int[] values = new int[samples.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = format.value(samples[n]);
        }
        return values;
    }

    private static byte[] jpeg2000() {
        BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_USHORT_GRAY);
        for (int j = 0; j < ROWS; j++) {
            for (int i = 0; i < COLUMNS; i++) {
                image.getRaster().setSample(i, j, 0, value(i, j));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriter writer = new J2KImageWriterSpi().createWriterInstance(null);
            J2KImageWriteParam param = (J2KImageWriteParam) writer.getDefaultWriteParam();
            param.setLossless(true);
            param.setWriteCodeStreamOnly(true);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
            writer.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
