package io.deformux.dicom.series;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.pixel.RleEncoder;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small CT series made in memory, to be bent and written in any transfer syntax. */
final class SyntheticSeries {
    private SyntheticSeries() {}

    /** Values of -1024 to 3071 on an upright grid whose three spacings and sizes all differ. */
    static Volume volume(int columns, int rows, int slices) {
        // Columns run to the patient's left and rows to posterior, as in most CT.
        return volume(columns, rows, slices, Affine.of(-0.7, 0, 0, 11, 0, -0.9, 0, 13, 0, 0, 2.5, -40));
    }

    static Volume volume(int columns, int rows, int slices, Affine affine) {
        Shape3 shape = new Shape3(columns, rows, slices);
        float[] voxels = new float[shape.length()];
        Random random = new Random(columns * 31L + slices);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = random.nextInt(4096) - 1024;
        }
        return new Volume(new Geometry(shape, affine), voxels);
    }

    /** The images of a volume in the order of k, free to be changed. */
    static List<DataSet> images(Volume volume) {
        List<DataSet> images = new ArrayList<>();
        for (int k = 0; k < volume.geometry().shape().w(); k++) {
            images.add(DicomSeriesWriter.slice(volume, k, "test"));
        }
        return images;
    }

    static List<DataSet> images(int slices) {
        return images(volume(6, 5, slices));
    }

    /** Gives an image samples of 8 or 16 bits. */
    static DataSet withSamples(DataSet image, int bitsAllocated, int... samples) {
        ByteBuffer bytes = ByteBuffer.allocate((samples.length * bitsAllocated / 8 + 1) / 2 * 2)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            if (bitsAllocated == 8) {
                bytes.put((byte) sample);
            } else {
                bytes.putShort((short) sample);
            }
        }
        return image.put(Tag.BITS_ALLOCATED, bitsAllocated).put(pixelData(bytes.array()));
    }

    static Element.Bytes pixelData(byte[] littleEndian) {
        return new Element.Bytes(Tag.PIXEL_DATA.number(), Vr.OW, littleEndian, ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] file(DataSet image, TransferSyntax syntax) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (syntax.equals(TransferSyntax.RLE)
                    && image.element(Tag.PIXEL_DATA.number()).orElseThrow() instanceof Element.Bytes pixels) {
                image.put(RleEncoder.frame(pixels.value(), image.unsignedShort(Tag.BITS_ALLOCATED) / 8));
            }
            DicomFileWriter.write(out, syntax, image);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] file(DataSet image) {
        return file(image, TransferSyntax.EXPLICIT_LITTLE);
    }

    /** Writes images under names whose order is the reverse of theirs. */
    static Path write(Path folder, List<DataSet> images, TransferSyntax syntax) {
        for (int n = 0; n < images.size(); n++) {
            write(folder.resolve("IM" + (1000 - n)), file(images.get(n), syntax));
        }
        return folder;
    }

    static Path write(Path folder, List<DataSet> images) {
        return write(folder, images, TransferSyntax.EXPLICIT_LITTLE);
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
