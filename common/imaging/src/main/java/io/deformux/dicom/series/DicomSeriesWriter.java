package io.deformux.dicom.series;

import static io.deformux.failure.FailureCode.OUTPUT_FAILED;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DecimalString;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.NamedUid;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.DiskFull;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a volume of HU as a plain CT series (Explicit VR Little Endian, signed 16 bit): phantoms for demonstrations
 * and tests. Safe to share.
 */
public final class DicomSeriesWriter {

    /**
     * Writes one file per slice of axis k, {@code 0001.dcm} upwards.
     *
     * @param folder is made where absent
     * @param volume values are rounded and clipped to 16 bits; the axes have to be at right angles
     * @param name decides all UIDs: the same name gives the same series
     */
    public void write(Path folder, Volume volume, String name) {
        Shape3 shape = volume.geometry().shape();
        try {
            Files.createDirectories(folder);
            for (int k = 0; k < shape.w(); k++) {
                Path file = folder.resolve(String.format(Locale.ROOT, "%04d.dcm", k + 1));
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    DicomFileWriter.write(out, TransferSyntax.EXPLICIT_LITTLE, slice(volume, k, name));
                }
            }
        } catch (IOException e) {
            throw new JobException(DiskFull.or(OUTPUT_FAILED, e), "the DICOM series could not be written", e);
        }
    }

    /** One slice as a CT image. */
    static DataSet slice(Volume volume, int k, String name) {
        Shape3 shape = volume.geometry().shape();
        double[] m = volume.geometry().affine().toArray();
        double[] spacing = volume.geometry().affine().spacing();
        double[] at = volume.geometry().affine().apply(0, 0, k);
        return new DataSet()
                .put(Tag.IMAGE_TYPE, "DERIVED\\SECONDARY\\AXIAL")
                .put(Tag.SOP_CLASS_UID, StorageClass.CT_IMAGE.uid())
                .put(Tag.SOP_INSTANCE_UID, uid(name + "/" + k))
                .put(Tag.STUDY_DATE, "")
                .put(Tag.STUDY_TIME, "")
                .put(Tag.ACCESSION_NUMBER, "")
                .put(Tag.MODALITY, StorageClass.CT_IMAGE.modality())
                .put(Tag.MANUFACTURER, "deformux")
                .put(Tag.REFERRING_PHYSICIAN_NAME, "")
                .put(Tag.PATIENT_NAME, "Phantom")
                .put(Tag.PATIENT_ID, "PHANTOM")
                .put(Tag.PATIENT_BIRTH_DATE, "")
                .put(Tag.PATIENT_SEX, "")
                .put(Tag.SLICE_THICKNESS, decimals(spacing[2]))
                .put(Tag.KVP, "")
                .put(Tag.PATIENT_POSITION, "")
                .put(Tag.STUDY_INSTANCE_UID, uid(name + "/study"))
                .put(Tag.SERIES_INSTANCE_UID, uid(name + "/series"))
                .put(Tag.STUDY_ID, "")
                .put(Tag.SERIES_NUMBER, "1")
                .put(Tag.ACQUISITION_NUMBER, "")
                .put(Tag.INSTANCE_NUMBER, Integer.toString(k + 1))
                .put(Tag.IMAGE_POSITION_PATIENT, decimals(-at[0], -at[1], at[2]))
                .put(
                        Tag.IMAGE_ORIENTATION_PATIENT,
                        decimals(
                                -m[0] / spacing[0],
                                -m[4] / spacing[0],
                                m[8] / spacing[0],
                                -m[1] / spacing[1],
                                -m[5] / spacing[1],
                                m[9] / spacing[1]))
                .put(Tag.FRAME_OF_REFERENCE_UID, uid(name + "/frame"))
                .put(Tag.POSITION_REFERENCE_INDICATOR, "")
                .put(Tag.SAMPLES_PER_PIXEL, 1)
                .put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
                .put(Tag.ROWS, shape.h())
                .put(Tag.COLUMNS, shape.d())
                .put(Tag.PIXEL_SPACING, decimals(spacing[1], spacing[0]))
                .put(Tag.BITS_ALLOCATED, 16)
                .put(Tag.BITS_STORED, 16)
                .put(Tag.HIGH_BIT, 15)
                .put(Tag.PIXEL_REPRESENTATION, 1)
                .put(Tag.RESCALE_INTERCEPT, "0")
                .put(Tag.RESCALE_SLOPE, "1")
                .put(Tag.RESCALE_TYPE, "HU")
                .put(new Element.Bytes(Tag.PIXEL_DATA.number(), Vr.OW, samples(volume, k), ByteOrder.LITTLE_ENDIAN));
    }

    private static byte[] samples(Volume volume, int k) {
        Shape3 shape = volume.geometry().shape();
        ByteBuffer samples = ByteBuffer.allocate(2 * shape.d() * shape.h()).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < shape.h(); j++) {
            for (int i = 0; i < shape.d(); i++) {
                int value = Math.round(volume.at(i, j, k));
                samples.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value)));
            }
        }
        return samples.array();
    }

    private static String decimals(double... values) {
        return DecimalString.of(values);
    }

    private static String uid(String name) {
        return NamedUid.of(name);
    }
}
