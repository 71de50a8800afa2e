package io.deformux.dicom;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attributes this package names, with the representation that the data dictionary (PS3.6) gives them. Others are
 * kept as raw bytes under their number.
 */
public enum Tag {
    FILE_META_INFORMATION_GROUP_LENGTH(0x00020000, Vr.UL, "File Meta Information Group Length"),
    FILE_META_INFORMATION_VERSION(0x00020001, Vr.OB, "File Meta Information Version"),
    MEDIA_STORAGE_SOP_CLASS_UID(0x00020002, Vr.UI, "Media Storage SOP Class UID"),
    MEDIA_STORAGE_SOP_INSTANCE_UID(0x00020003, Vr.UI, "Media Storage SOP Instance UID"),
    TRANSFER_SYNTAX_UID(0x00020010, Vr.UI, "Transfer Syntax UID"),
    IMPLEMENTATION_CLASS_UID(0x00020012, Vr.UI, "Implementation Class UID"),

    SPECIFIC_CHARACTER_SET(0x00080005, Vr.CS, "Specific Character Set"),
    IMAGE_TYPE(0x00080008, Vr.CS, "Image Type"),
    SOP_CLASS_UID(0x00080016, Vr.UI, "SOP Class UID"),
    SOP_INSTANCE_UID(0x00080018, Vr.UI, "SOP Instance UID"),
    STUDY_DATE(0x00080020, Vr.DA, "Study Date"),
    SERIES_DATE(0x00080021, Vr.DA, "Series Date"),
    CONTENT_DATE(0x00080023, Vr.DA, "Content Date"),
    STUDY_TIME(0x00080030, Vr.TM, "Study Time"),
    SERIES_TIME(0x00080031, Vr.TM, "Series Time"),
    CONTENT_TIME(0x00080033, Vr.TM, "Content Time"),
    ACCESSION_NUMBER(0x00080050, Vr.SH, "Accession Number"),
    MODALITY(0x00080060, Vr.CS, "Modality"),
    MANUFACTURER(0x00080070, Vr.LO, "Manufacturer"),
    REFERRING_PHYSICIAN_NAME(0x00080090, Vr.PN, "Referring Physician's Name"),
    STUDY_DESCRIPTION(0x00081030, Vr.LO, "Study Description"),
    SERIES_DESCRIPTION(0x0008103e, Vr.LO, "Series Description"),

    PATIENT_NAME(0x00100010, Vr.PN, "Patient's Name"),
    PATIENT_ID(0x00100020, Vr.LO, "Patient ID"),
    PATIENT_BIRTH_DATE(0x00100030, Vr.DA, "Patient's Birth Date"),
    PATIENT_SEX(0x00100040, Vr.CS, "Patient's Sex"),

    SLICE_THICKNESS(0x00180050, Vr.DS, "Slice Thickness"),
    KVP(0x00180060, Vr.DS, "KVP"),
    PATIENT_POSITION(0x00185100, Vr.CS, "Patient Position"),

    STUDY_INSTANCE_UID(0x0020000d, Vr.UI, "Study Instance UID"),
    SERIES_INSTANCE_UID(0x0020000e, Vr.UI, "Series Instance UID"),
    STUDY_ID(0x00200010, Vr.SH, "Study ID"),
    SERIES_NUMBER(0x00200011, Vr.IS, "Series Number"),
    ACQUISITION_NUMBER(0x00200012, Vr.IS, "Acquisition Number"),
    INSTANCE_NUMBER(0x00200013, Vr.IS, "Instance Number"),
    IMAGE_POSITION_PATIENT(0x00200032, Vr.DS, "Image Position (Patient)"),
    IMAGE_ORIENTATION_PATIENT(0x00200037, Vr.DS, "Image Orientation (Patient)"),
    FRAME_OF_REFERENCE_UID(0x00200052, Vr.UI, "Frame of Reference UID"),
    POSITION_REFERENCE_INDICATOR(0x00201040, Vr.LO, "Position Reference Indicator"),

    SAMPLES_PER_PIXEL(0x00280002, Vr.US, "Samples per Pixel"),
    PHOTOMETRIC_INTERPRETATION(0x00280004, Vr.CS, "Photometric Interpretation"),
    NUMBER_OF_FRAMES(0x00280008, Vr.IS, "Number of Frames"),
    ROWS(0x00280010, Vr.US, "Rows"),
    COLUMNS(0x00280011, Vr.US, "Columns"),
    PIXEL_SPACING(0x00280030, Vr.DS, "Pixel Spacing"),
    BITS_ALLOCATED(0x00280100, Vr.US, "Bits Allocated"),
    BITS_STORED(0x00280101, Vr.US, "Bits Stored"),
    HIGH_BIT(0x00280102, Vr.US, "High Bit"),
    PIXEL_REPRESENTATION(0x00280103, Vr.US, "Pixel Representation"),
    RESCALE_INTERCEPT(0x00281052, Vr.DS, "Rescale Intercept"),
    RESCALE_SLOPE(0x00281053, Vr.DS, "Rescale Slope"),
    RESCALE_TYPE(0x00281054, Vr.LO, "Rescale Type"),
    MODALITY_LUT_SEQUENCE(0x00283000, Vr.SQ, "Modality LUT Sequence"),

    PIXEL_DATA(0x7fe00010, Vr.OW, "Pixel Data");

    private static final Map<Integer, Tag> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Tag::number, tag -> tag));

    private final int number;
    private final Vr vr;
    private final String title;

    Tag(int number, Vr vr, String title) {
        this.number = number;
        this.vr = vr;
        this.title = title;
    }

    /** Group in the upper 16 bits, element in the lower; compares as unsigned. */
    public int number() {
        return number;
    }

    /** The representation in the data dictionary. */
    public Vr vr() {
        return vr;
    }

    /** The attribute with this number, if it has a name here. */
    public static Optional<Tag> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** How an error names any attribute: {@code Rows (0028,0010)}, or only the number. */
    static String describe(int number) {
        String digits = String.format("(%04x,%04x)", number >>> 16, number & 0xffff);
        return of(number).map(tag -> tag.title + " " + digits).orElse(digits);
    }

    @Override
    public String toString() {
        return describe(number);
    }
}
