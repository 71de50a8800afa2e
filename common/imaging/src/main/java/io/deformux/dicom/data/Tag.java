package io.deformux.dicom.data;

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
    ACQUISITION_DATE(0x00080022, Vr.DA, "Acquisition Date"),
    CONTENT_DATE(0x00080023, Vr.DA, "Content Date"),
    ACQUISITION_DATE_TIME(0x0008002a, Vr.DT, "Acquisition DateTime"),
    STUDY_TIME(0x00080030, Vr.TM, "Study Time"),
    SERIES_TIME(0x00080031, Vr.TM, "Series Time"),
    ACQUISITION_TIME(0x00080032, Vr.TM, "Acquisition Time"),
    CONTENT_TIME(0x00080033, Vr.TM, "Content Time"),
    ACCESSION_NUMBER(0x00080050, Vr.SH, "Accession Number"),
    MODALITY(0x00080060, Vr.CS, "Modality"),
    MANUFACTURER(0x00080070, Vr.LO, "Manufacturer"),
    INSTITUTION_NAME(0x00080080, Vr.LO, "Institution Name"),
    REFERRING_PHYSICIAN_NAME(0x00080090, Vr.PN, "Referring Physician's Name"),
    CODE_VALUE(0x00080100, Vr.SH, "Code Value"),
    CODING_SCHEME_DESIGNATOR(0x00080102, Vr.SH, "Coding Scheme Designator"),
    CODE_MEANING(0x00080104, Vr.LO, "Code Meaning"),
    MAPPING_RESOURCE(0x00080105, Vr.CS, "Mapping Resource"),
    TIMEZONE_OFFSET_FROM_UTC(0x00080201, Vr.SH, "Timezone Offset From UTC"),
    STATION_NAME(0x00081010, Vr.SH, "Station Name"),
    STUDY_DESCRIPTION(0x00081030, Vr.LO, "Study Description"),
    SERIES_DESCRIPTION(0x0008103e, Vr.LO, "Series Description"),
    OPERATORS_NAME(0x00081070, Vr.PN, "Operators' Name"),
    MANUFACTURER_MODEL_NAME(0x00081090, Vr.LO, "Manufacturer's Model Name"),
    REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE(0x00081111, Vr.SQ, "Referenced Performed Procedure Step Sequence"),
    REFERENCED_SERIES_SEQUENCE(0x00081115, Vr.SQ, "Referenced Series Sequence"),
    REFERENCED_INSTANCE_SEQUENCE(0x0008114a, Vr.SQ, "Referenced Instance Sequence"),
    REFERENCED_SOP_CLASS_UID(0x00081150, Vr.UI, "Referenced SOP Class UID"),
    REFERENCED_SOP_INSTANCE_UID(0x00081155, Vr.UI, "Referenced SOP Instance UID"),
    REFERENCED_FRAME_NUMBER(0x00081160, Vr.IS, "Referenced Frame Number"),
    REFERENCED_SOP_SEQUENCE(0x00081199, Vr.SQ, "Referenced SOP Sequence"),
    SOURCE_IMAGE_SEQUENCE(0x00082112, Vr.SQ, "Source Image Sequence"),
    ANATOMIC_REGION_SEQUENCE(0x00082218, Vr.SQ, "Anatomic Region Sequence"),
    FRAME_TYPE(0x00089007, Vr.CS, "Frame Type"),
    DERIVATION_IMAGE_SEQUENCE(0x00089124, Vr.SQ, "Derivation Image Sequence"),
    DERIVATION_CODE_SEQUENCE(0x00089215, Vr.SQ, "Derivation Code Sequence"),

    PATIENT_NAME(0x00100010, Vr.PN, "Patient's Name"),
    PATIENT_ID(0x00100020, Vr.LO, "Patient ID"),
    ISSUER_OF_PATIENT_ID(0x00100021, Vr.LO, "Issuer of Patient ID"),
    PATIENT_BIRTH_DATE(0x00100030, Vr.DA, "Patient's Birth Date"),
    PATIENT_SEX(0x00100040, Vr.CS, "Patient's Sex"),
    PATIENT_AGE(0x00101010, Vr.AS, "Patient's Age"),
    PATIENT_SIZE(0x00101020, Vr.DS, "Patient's Size"),
    PATIENT_WEIGHT(0x00101030, Vr.DS, "Patient's Weight"),

    PATIENT_IDENTITY_REMOVED(0x00120062, Vr.CS, "Patient Identity Removed"),
    DEIDENTIFICATION_METHOD(0x00120063, Vr.LO, "De-identification Method"),
    DEIDENTIFICATION_METHOD_CODE_SEQUENCE(0x00120064, Vr.SQ, "De-identification Method Code Sequence"),

    CONTRAST_BOLUS_AGENT(0x00180010, Vr.LO, "Contrast/Bolus Agent"),
    SEQUENCE_NAME(0x00180024, Vr.SH, "Sequence Name"),
    SLICE_THICKNESS(0x00180050, Vr.DS, "Slice Thickness"),
    KVP(0x00180060, Vr.DS, "KVP"),
    ECHO_TIME(0x00180081, Vr.DS, "Echo Time"),
    INVERSION_TIME(0x00180082, Vr.DS, "Inversion Time"),
    ECHO_NUMBERS(0x00180086, Vr.IS, "Echo Number(s)"),
    SPACING_BETWEEN_SLICES(0x00180088, Vr.DS, "Spacing Between Slices"),
    FRAME_TIME(0x00181063, Vr.DS, "Frame Time"),
    FRAME_TIME_VECTOR(0x00181065, Vr.DS, "Frame Time Vector"),
    DEVICE_SERIAL_NUMBER(0x00181000, Vr.LO, "Device Serial Number"),
    SOFTWARE_VERSIONS(0x00181020, Vr.LO, "Software Versions"),
    CONVOLUTION_KERNEL(0x00181210, Vr.SH, "Convolution Kernel"),
    FLIP_ANGLE(0x00181314, Vr.DS, "Flip Angle"),
    PATIENT_POSITION(0x00185100, Vr.CS, "Patient Position"),
    EFFECTIVE_ECHO_TIME(0x00189082, Vr.FD, "Effective Echo Time"),
    DIFFUSION_B_VALUE(0x00189087, Vr.FD, "Diffusion b-value"),
    MR_ECHO_SEQUENCE(0x00189114, Vr.SQ, "MR Echo Sequence"),
    MR_DIFFUSION_SEQUENCE(0x00189117, Vr.SQ, "MR Diffusion Sequence"),
    CARDIAC_SYNCHRONIZATION_SEQUENCE(0x00189118, Vr.SQ, "Cardiac Synchronization Sequence"),
    MR_IMAGE_FRAME_TYPE_SEQUENCE(0x00189226, Vr.SQ, "MR Image Frame Type Sequence"),
    CT_IMAGE_FRAME_TYPE_SEQUENCE(0x00189329, Vr.SQ, "CT Image Frame Type Sequence"),
    CONTRIBUTING_EQUIPMENT_SEQUENCE(0x0018a001, Vr.SQ, "Contributing Equipment Sequence"),

    STUDY_INSTANCE_UID(0x0020000d, Vr.UI, "Study Instance UID"),
    SERIES_INSTANCE_UID(0x0020000e, Vr.UI, "Series Instance UID"),
    STUDY_ID(0x00200010, Vr.SH, "Study ID"),
    SERIES_NUMBER(0x00200011, Vr.IS, "Series Number"),
    ACQUISITION_NUMBER(0x00200012, Vr.IS, "Acquisition Number"),
    INSTANCE_NUMBER(0x00200013, Vr.IS, "Instance Number"),
    IMAGE_POSITION_PATIENT(0x00200032, Vr.DS, "Image Position (Patient)"),
    IMAGE_ORIENTATION_PATIENT(0x00200037, Vr.DS, "Image Orientation (Patient)"),
    FRAME_OF_REFERENCE_UID(0x00200052, Vr.UI, "Frame of Reference UID"),
    TEMPORAL_POSITION_IDENTIFIER(0x00200100, Vr.IS, "Temporal Position Identifier"),
    IMAGES_IN_ACQUISITION(0x00201002, Vr.IS, "Images in Acquisition"),
    POSITION_REFERENCE_INDICATOR(0x00201040, Vr.LO, "Position Reference Indicator"),
    STACK_ID(0x00209056, Vr.SH, "Stack ID"),
    FRAME_CONTENT_SEQUENCE(0x00209111, Vr.SQ, "Frame Content Sequence"),
    PLANE_POSITION_SEQUENCE(0x00209113, Vr.SQ, "Plane Position Sequence"),
    PLANE_ORIENTATION_SEQUENCE(0x00209116, Vr.SQ, "Plane Orientation Sequence"),
    TEMPORAL_POSITION_INDEX(0x00209128, Vr.UL, "Temporal Position Index"),
    FRAME_ACQUISITION_NUMBER(0x00209156, Vr.US, "Frame Acquisition Number"),
    DIMENSION_INDEX_VALUES(0x00209157, Vr.UL, "Dimension Index Values"),
    DIMENSION_ORGANIZATION_UID(0x00209164, Vr.UI, "Dimension Organization UID"),
    DIMENSION_INDEX_POINTER(0x00209165, Vr.AT, "Dimension Index Pointer"),
    FUNCTIONAL_GROUP_POINTER(0x00209167, Vr.AT, "Functional Group Pointer"),
    DIMENSION_ORGANIZATION_SEQUENCE(0x00209221, Vr.SQ, "Dimension Organization Sequence"),
    DIMENSION_INDEX_SEQUENCE(0x00209222, Vr.SQ, "Dimension Index Sequence"),
    NOMINAL_PERCENTAGE_OF_CARDIAC_PHASE(0x00209241, Vr.FD, "Nominal Percentage of Cardiac Phase"),
    DIMENSION_DESCRIPTION_LABEL(0x00209421, Vr.LO, "Dimension Description Label"),

    SAMPLES_PER_PIXEL(0x00280002, Vr.US, "Samples per Pixel"),
    PHOTOMETRIC_INTERPRETATION(0x00280004, Vr.CS, "Photometric Interpretation"),
    NUMBER_OF_FRAMES(0x00280008, Vr.IS, "Number of Frames"),
    FRAME_INCREMENT_POINTER(0x00280009, Vr.AT, "Frame Increment Pointer"),
    ROWS(0x00280010, Vr.US, "Rows"),
    COLUMNS(0x00280011, Vr.US, "Columns"),
    PIXEL_SPACING(0x00280030, Vr.DS, "Pixel Spacing"),
    BITS_ALLOCATED(0x00280100, Vr.US, "Bits Allocated"),
    BITS_STORED(0x00280101, Vr.US, "Bits Stored"),
    HIGH_BIT(0x00280102, Vr.US, "High Bit"),
    PIXEL_REPRESENTATION(0x00280103, Vr.US, "Pixel Representation"),
    PIXEL_PADDING_VALUE(0x00280120, Vr.US, "Pixel Padding Value"),
    PIXEL_PADDING_RANGE_LIMIT(0x00280121, Vr.US, "Pixel Padding Range Limit"),
    RESCALE_INTERCEPT(0x00281052, Vr.DS, "Rescale Intercept"),
    RESCALE_SLOPE(0x00281053, Vr.DS, "Rescale Slope"),
    RESCALE_TYPE(0x00281054, Vr.LO, "Rescale Type"),
    SPATIAL_LOCATIONS_PRESERVED(0x0028135a, Vr.CS, "Spatial Locations Preserved"),
    LOSSY_IMAGE_COMPRESSION(0x00282110, Vr.CS, "Lossy Image Compression"),
    LOSSY_IMAGE_COMPRESSION_RATIO(0x00282112, Vr.DS, "Lossy Image Compression Ratio"),
    LOSSY_IMAGE_COMPRESSION_METHOD(0x00282114, Vr.CS, "Lossy Image Compression Method"),
    MODALITY_LUT_SEQUENCE(0x00283000, Vr.SQ, "Modality LUT Sequence"),
    PIXEL_MEASURES_SEQUENCE(0x00289110, Vr.SQ, "Pixel Measures Sequence"),
    PIXEL_VALUE_TRANSFORMATION_SEQUENCE(0x00289145, Vr.SQ, "Pixel Value Transformation Sequence"),

    MEASUREMENT_UNITS_CODE_SEQUENCE(0x004008ea, Vr.SQ, "Measurement Units Code Sequence"),
    RELATIONSHIP_TYPE(0x0040a010, Vr.CS, "Relationship Type"),
    VALUE_TYPE(0x0040a040, Vr.CS, "Value Type"),
    CONCEPT_NAME_CODE_SEQUENCE(0x0040a043, Vr.SQ, "Concept Name Code Sequence"),
    CONTINUITY_OF_CONTENT(0x0040a050, Vr.CS, "Continuity Of Content"),
    UID_VALUE(0x0040a124, Vr.UI, "UID"),
    TEXT_VALUE(0x0040a160, Vr.UT, "Text Value"),
    CONCEPT_CODE_SEQUENCE(0x0040a168, Vr.SQ, "Concept Code Sequence"),
    PURPOSE_OF_REFERENCE_CODE_SEQUENCE(0x0040a170, Vr.SQ, "Purpose of Reference Code Sequence"),
    MEASURED_VALUE_SEQUENCE(0x0040a300, Vr.SQ, "Measured Value Sequence"),
    NUMERIC_VALUE(0x0040a30a, Vr.DS, "Numeric Value"),
    PERFORMED_PROCEDURE_CODE_SEQUENCE(0x0040a372, Vr.SQ, "Performed Procedure Code Sequence"),
    CURRENT_REQUESTED_PROCEDURE_EVIDENCE_SEQUENCE(0x0040a375, Vr.SQ, "Current Requested Procedure Evidence Sequence"),
    COMPLETION_FLAG(0x0040a491, Vr.CS, "Completion Flag"),
    VERIFICATION_FLAG(0x0040a493, Vr.CS, "Verification Flag"),
    PRELIMINARY_FLAG(0x0040a496, Vr.CS, "Preliminary Flag"),
    CONTENT_TEMPLATE_SEQUENCE(0x0040a504, Vr.SQ, "Content Template Sequence"),
    CONTENT_SEQUENCE(0x0040a730, Vr.SQ, "Content Sequence"),
    TEMPLATE_IDENTIFIER(0x0040db00, Vr.CS, "Template Identifier"),

    NUMBER_OF_SLICES(0x00540081, Vr.US, "Number of Slices"),

    SEGMENTATION_TYPE(0x00620001, Vr.CS, "Segmentation Type"),
    SEGMENT_SEQUENCE(0x00620002, Vr.SQ, "Segment Sequence"),
    SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE(0x00620003, Vr.SQ, "Segmented Property Category Code Sequence"),
    SEGMENT_NUMBER(0x00620004, Vr.US, "Segment Number"),
    SEGMENT_LABEL(0x00620005, Vr.LO, "Segment Label"),
    SEGMENT_DESCRIPTION(0x00620006, Vr.ST, "Segment Description"),
    SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE(0x00620007, Vr.SQ, "Segmentation Algorithm Identification Sequence"),
    SEGMENT_ALGORITHM_TYPE(0x00620008, Vr.CS, "Segment Algorithm Type"),
    SEGMENT_ALGORITHM_NAME(0x00620009, Vr.LO, "Segment Algorithm Name"),
    SEGMENT_IDENTIFICATION_SEQUENCE(0x0062000a, Vr.SQ, "Segment Identification Sequence"),
    REFERENCED_SEGMENT_NUMBER(0x0062000b, Vr.US, "Referenced Segment Number"),
    RECOMMENDED_DISPLAY_CIELAB_VALUE(0x0062000d, Vr.US, "Recommended Display CIELab Value"),
    SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE(0x0062000f, Vr.SQ, "Segmented Property Type Code Sequence"),
    SEGMENTED_PROPERTY_TYPE_MODIFIER_CODE_SEQUENCE(0x00620011, Vr.SQ, "Segmented Property Type Modifier Code Sequence"),
    SEGMENTS_OVERLAP(0x00620013, Vr.CS, "Segments Overlap"),

    ALGORITHM_FAMILY_CODE_SEQUENCE(0x0066002f, Vr.SQ, "Algorithm Family Code Sequence"),
    ALGORITHM_VERSION(0x00660031, Vr.LO, "Algorithm Version"),
    ALGORITHM_NAME(0x00660036, Vr.LO, "Algorithm Name"),

    CONTENT_LABEL(0x00700080, Vr.CS, "Content Label"),
    CONTENT_DESCRIPTION(0x00700081, Vr.LO, "Content Description"),
    CONTENT_CREATOR_NAME(0x00700084, Vr.PN, "Content Creator's Name"),

    STRUCTURE_SET_LABEL(0x30060002, Vr.SH, "Structure Set Label"),
    STRUCTURE_SET_DATE(0x30060008, Vr.DA, "Structure Set Date"),
    STRUCTURE_SET_TIME(0x30060009, Vr.TM, "Structure Set Time"),
    REFERENCED_FRAME_OF_REFERENCE_SEQUENCE(0x30060010, Vr.SQ, "Referenced Frame of Reference Sequence"),
    RT_REFERENCED_STUDY_SEQUENCE(0x30060012, Vr.SQ, "RT Referenced Study Sequence"),
    RT_REFERENCED_SERIES_SEQUENCE(0x30060014, Vr.SQ, "RT Referenced Series Sequence"),
    CONTOUR_IMAGE_SEQUENCE(0x30060016, Vr.SQ, "Contour Image Sequence"),
    STRUCTURE_SET_ROI_SEQUENCE(0x30060020, Vr.SQ, "Structure Set ROI Sequence"),
    ROI_NUMBER(0x30060022, Vr.IS, "ROI Number"),
    REFERENCED_FRAME_OF_REFERENCE_UID(0x30060024, Vr.UI, "Referenced Frame of Reference UID"),
    ROI_NAME(0x30060026, Vr.LO, "ROI Name"),
    ROI_DISPLAY_COLOR(0x3006002a, Vr.IS, "ROI Display Color"),
    ROI_GENERATION_ALGORITHM(0x30060036, Vr.CS, "ROI Generation Algorithm"),
    ROI_CONTOUR_SEQUENCE(0x30060039, Vr.SQ, "ROI Contour Sequence"),
    CONTOUR_SEQUENCE(0x30060040, Vr.SQ, "Contour Sequence"),
    CONTOUR_GEOMETRIC_TYPE(0x30060042, Vr.CS, "Contour Geometric Type"),
    NUMBER_OF_CONTOUR_POINTS(0x30060046, Vr.IS, "Number of Contour Points"),
    CONTOUR_DATA(0x30060050, Vr.DS, "Contour Data"),
    RT_ROI_OBSERVATIONS_SEQUENCE(0x30060080, Vr.SQ, "RT ROI Observations Sequence"),
    OBSERVATION_NUMBER(0x30060082, Vr.IS, "Observation Number"),
    REFERENCED_ROI_NUMBER(0x30060084, Vr.IS, "Referenced ROI Number"),
    RT_ROI_INTERPRETED_TYPE(0x300600a4, Vr.CS, "RT ROI Interpreted Type"),
    ROI_INTERPRETER(0x300600a6, Vr.PN, "ROI Interpreter"),
    APPROVAL_STATUS(0x300e0002, Vr.CS, "Approval Status"),

    SHARED_FUNCTIONAL_GROUPS_SEQUENCE(0x52009229, Vr.SQ, "Shared Functional Groups Sequence"),
    PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE(0x52009230, Vr.SQ, "Per-frame Functional Groups Sequence"),

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
