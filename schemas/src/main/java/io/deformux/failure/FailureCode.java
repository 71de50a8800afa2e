package io.deformux.failure;

/**
 * The stable codes of everything that can end a job or refuse an event.
 *
 * <p>A code is part of the contract: it appears in {@code segmentation.failed} events, dead-letter headers and exit
 * messages, is never renamed and never reused. {@link #retryable()} says whether the same job may succeed when it is
 * tried again without anyone changing it.
 */
public enum FailureCode {
    /** Nothing is at the reference. */
    INPUT_NOT_FOUND(false),
    /** The input is larger than the configured limit on bytes, files or voxels. */
    INPUT_TOO_LARGE(false),
    /** The bytes do not have the SHA-256 digest that the event states. */
    INPUT_DIGEST_MISMATCH(false),
    /** The input ends early or its compression is damaged. */
    INPUT_TRUNCATED(false),
    /** The archive holds an entry that is not unpacked: a name that leads outside, a link, a device, a name twice. */
    ARCHIVE_INVALID(false),
    /** The reference has a scheme that this worker does not read, or a form that its storage does not serve. */
    REFERENCE_UNSUPPORTED(false),
    /** The reference lies outside the roots, hosts or buckets that the configuration allows. */
    REFERENCE_NOT_ALLOWED(false),
    /** The storage did not answer, or answered that it cannot serve now. */
    STORAGE_UNAVAILABLE(true),
    /** The storage refused the credentials. */
    STORAGE_DENIED(false),
    /** An output could not be written or did not read back as written. */
    OUTPUT_FAILED(true),

    /** The file is not NIfTI-1 or NIfTI-2. */
    NIFTI_MAGIC_WRONG(false),
    /** A NIfTI header field has a value that the format does not allow or this reader does not take. */
    NIFTI_HEADER_INVALID(false),
    /** The affine is not finite or cannot be inverted. */
    AFFINE_INVALID(false),

    /** The folder holds no DICOM image that can be part of a volume. */
    DICOM_NO_IMAGES(false),
    /** The bytes break the DICOM encoding rules. */
    DICOM_MALFORMED(false),
    /** An attribute that the geometry or the pixels need is absent. */
    DICOM_ATTRIBUTE_MISSING(false),
    /** An attribute has a value that cannot be used. */
    DICOM_ATTRIBUTE_INVALID(false),
    /** No decoder for the transfer syntax; the message names its UID. */
    DICOM_TRANSFER_SYNTAX_UNSUPPORTED(false),
    /** The folder holds images of more than one series and the event does not say which. */
    DICOM_SERIES_MIXED(false),
    /** The series has several acquisitions that are not one volume, or alternate, and the event does not say which to read. */
    DICOM_ACQUISITIONS_MIXED(false),
    /** A slice is missing: one gap is a multiple of the others. */
    DICOM_SLICE_MISSING(false),
    /** Two images lie at the same position. */
    DICOM_SLICE_DUPLICATE(false),
    /** The distances between slices differ. */
    DICOM_SPACING_UNEVEN(false),
    /** The slices lean against their normal further than a gantry can be tilted. */
    DICOM_GANTRY_TILT(false),

    /** The store has no model of that name, or not that version. */
    MODEL_NOT_FOUND(false),
    /** The model package is incomplete or contradicts itself. */
    MODEL_INVALID(false),
    /** The weights do not have the digest that the manifest states. */
    MODEL_DIGEST_MISMATCH(false),

    /** The event breaks its JSON Schema; the message names the JSON pointer. */
    EVENT_INVALID(false),
    /** No such event type is known on this topic. */
    EVENT_TYPE_UNKNOWN(false),
    /** The event type is known, but not this major version of it. */
    EVENT_VERSION_UNSUPPORTED(false),

    /** The folder is no training data set of a known layout, or contradicts itself. */
    DATASET_INVALID(false),
    /** An image of a training data set has no label map; the message names the case. */
    DATASET_LABEL_MISSING(false),
    /** A label map holds a value that the data set's classes do not have; the message names the file. */
    DATASET_LABEL_UNKNOWN(false),
    /** An image and its label map do not lie on the same grid; the message names the case. */
    DATASET_GEOMETRY_MISMATCH(false),
    /** The folds asked for cannot be made of this data set. */
    FOLDS_INVALID(false),
    /** A training of that id was requested before, with other content. */
    TRAINING_ID_TAKEN(false),
    /** A fold has failed for good, and with it the training. */
    FOLD_FAILED(false),
    /** No result of a fold came within the time that its request is kept. */
    TRAINING_EXPIRED(true),
    /** A training volume, prepared, is smaller than a crop or empty. */
    VOLUME_TOO_SMALL(false),
    /** The loss is no longer a finite number. */
    TRAINING_DIVERGED(false),
    /** A training checkpoint is damaged or belongs to another training. */
    CHECKPOINT_INVALID(false),

    /** The change feed of a PACS ends before the place where it was left: another archive answers there. */
    PACS_FEED_SHORTENED(false),
    /** Kafka does not answer, refuses this client or lacks a topic. */
    KAFKA_UNAVAILABLE(true),

    /** No way to compute the network that the worker may take is right on this machine; on another one may be. */
    ARITHMETIC_UNPROVEN(true),
    /** The device has too little memory for one window. */
    DEVICE_OUT_OF_MEMORY(true),
    /** The network failed on this input. */
    NETWORK_FAILED(false),
    /** The worker was asked to stop before the job was done; the job goes back to the queue. */
    JOB_CANCELLED(true),
    /** The job was started as often as allowed and never came to an end. */
    ATTEMPTS_EXHAUSTED(false),
    /** A fault in this software. */
    INTERNAL(true);

    private final boolean retryable;

    FailureCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether nobody foresaw it: its stack trace belongs in the log, and its message may point there. */
    public boolean fault() {
        return this == INTERNAL || this == NETWORK_FAILED;
    }

    /** Whether trying the same job again, unchanged, can succeed. */
    public boolean retryable() {
        return retryable;
    }
}
