package io.deformux.dicom.series.slice;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;
import java.util.Set;

/**
 * From stored values to HU or whatever the modality means: {@code value * slope + intercept} (PS3.3 section C.11.1).
 *
 * @param slope not 0
 * @param intercept the value of a stored 0
 */
public record Rescale(double slope, double intercept) {
    /**
     * Defined terms for what is not attenuation, as effective atomic numbers and densities of spectral CT (PS3.3 section
     * C.11.1.1.2). Unspecified (US) is taken for HU: it is written on plain images too.
     */
    private static final Set<String> OTHER_THAN_HU = Set.of("OD", "MGML", "Z_EFF", "ED", "EDW", "PCT");

    /** The rescale of an image; required for CT, whose values would not be HU without it, and 1 and 0 elsewhere. */
    public static Rescale of(DataSet header, StorageClass storageClass) {
        if (!header.items(Tag.MODALITY_LUT_SEQUENCE).isEmpty()) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID, Tag.MODALITY_LUT_SEQUENCE + " is not read: export with a rescale slope");
        }
        boolean absent = !header.has(Tag.RESCALE_SLOPE) && !header.has(Tag.RESCALE_INTERCEPT);
        if (absent && !storageClass.hounsfield()) {
            return new Rescale(1, 0);
        }
        if (storageClass.hounsfield() && header.codes(Tag.RESCALE_TYPE).stream().anyMatch(OTHER_THAN_HU::contains)) {
            throw new JobException(
                    DICOM_ATTRIBUTE_INVALID,
                    Tag.RESCALE_TYPE
                            + " is not HU: send the images of attenuation, not those of a map derived from them");
        }
        double slope = header.decimals(Tag.RESCALE_SLOPE, 1)[0];
        if (slope == 0) {
            throw new JobException(DICOM_ATTRIBUTE_INVALID, Tag.RESCALE_SLOPE + " is 0");
        }
        return new Rescale(slope, header.decimals(Tag.RESCALE_INTERCEPT, 1)[0]);
    }

    float apply(int stored) {
        return (float) (stored * slope + intercept);
    }
}
