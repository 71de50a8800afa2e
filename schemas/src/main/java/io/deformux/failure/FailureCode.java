package io.deformux.failure;

/**
 * The stable codes of everything that can end a job or refuse an event.
 *
 * <p>A code is part of the contract: it appears in {@code segmentation.failed} events, dead-letter headers and exit
 * messages, is never renamed and never reused. {@link #failureClass()} says what a worker does about it.
 */
public enum FailureCode {
    /** Nothing is at the reference. */
    INPUT_NOT_FOUND(FailureClass.BAD_JOB),
    /** The input is larger than the configured limit on bytes, files or voxels. */
    INPUT_TOO_LARGE(FailureClass.BAD_JOB),
    /** The bytes do not have the SHA-256 digest that the event states. */
    INPUT_DIGEST_MISMATCH(FailureClass.BAD_JOB),
    /** The input ends early or its compression is damaged. */
    INPUT_TRUNCATED(FailureClass.BAD_JOB),
    /** The images of the scan are not the channels that the model sees: one lacks, is unknown or is there twice. */
    INPUT_CHANNELS_MISMATCH(FailureClass.BAD_JOB),
    /** A channel lies nowhere where the scan's first image lies. */
    INPUT_CHANNELS_APART(FailureClass.BAD_JOB),
    /** The archive holds an entry that is not unpacked: a name that leads outside, a link, a device, a name twice. */
    ARCHIVE_INVALID(FailureClass.BAD_JOB),
    /** The reference has a scheme that this worker does not read, or a form that its storage does not serve. */
    REFERENCE_UNSUPPORTED(FailureClass.BAD_JOB),
    /** The reference lies outside the roots, hosts or buckets that the configuration allows. */
    REFERENCE_NOT_ALLOWED(FailureClass.BAD_JOB),
    /** The storage did not answer, or answered that it cannot serve now. */
    STORAGE_UNAVAILABLE(FailureClass.PASSING),
    /** The storage knows the worker and does not give it this object. */
    STORAGE_DENIED(FailureClass.PASSING),
    /** The storage refuses the worker itself: its password or key is wrong, expired or not there. */
    CREDENTIALS_REFUSED(FailureClass.ENVIRONMENT),
    /** No connection to the storage's host can be made, or what stands before it has none. */
    HOST_UNREACHABLE(FailureClass.ENVIRONMENT),
    /** The folder of allowed inputs is missing, or another disk is in its place. */
    INPUT_ROOT_MISSING(FailureClass.ENVIRONMENT),
    /** The folder of allowed outputs is missing, cannot be written to, or another disk is in its place. */
    OUTPUT_ROOT_MISSING(FailureClass.ENVIRONMENT),
    /** The folder for the files of running jobs cannot be used. */
    SCRATCH_UNAVAILABLE(FailureClass.ENVIRONMENT),
    /** A disk has no room left. */
    STORAGE_FULL(FailureClass.ENVIRONMENT),
    /** An output could not be written or did not read back as written. */
    OUTPUT_FAILED(FailureClass.PASSING),

    /** The file is not NIfTI-1 or NIfTI-2. */
    NIFTI_MAGIC_WRONG(FailureClass.BAD_JOB),
    /** A NIfTI header field has a value that the format does not allow or this reader does not take. */
    NIFTI_HEADER_INVALID(FailureClass.BAD_JOB),
    /** The input is of no format that is read, or holds no volume or several; the message says what it is. */
    INPUT_FORMAT_UNKNOWN(FailureClass.BAD_JOB),
    /** A MetaImage or NRRD header has a value that the format does not allow or this reader does not take. */
    VOLUME_HEADER_INVALID(FailureClass.BAD_JOB),
    /** The affine is not finite or cannot be inverted. */
    AFFINE_INVALID(FailureClass.BAD_JOB),

    /** The folder holds no DICOM image that can be part of a volume. */
    DICOM_NO_IMAGES(FailureClass.BAD_JOB),
    /** The bytes break the DICOM encoding rules. */
    DICOM_MALFORMED(FailureClass.BAD_JOB),
    /** An attribute that the geometry or the pixels need is absent. */
    DICOM_ATTRIBUTE_MISSING(FailureClass.BAD_JOB),
    /** An attribute has a value that cannot be used. */
    DICOM_ATTRIBUTE_INVALID(FailureClass.BAD_JOB),
    /** No decoder for the transfer syntax; the message names its UID. */
    DICOM_TRANSFER_SYNTAX_UNSUPPORTED(FailureClass.BAD_JOB),
    /** The folder holds images of more than one series and the event does not say which. */
    DICOM_SERIES_MIXED(FailureClass.BAD_JOB),
    /** The series has several acquisitions or other volumes that are not one, and the event does not say which to read. */
    DICOM_ACQUISITIONS_MIXED(FailureClass.BAD_JOB),
    /** A slice is missing: one gap is a multiple of the others. */
    DICOM_SLICE_MISSING(FailureClass.BAD_JOB),
    /** Two images lie at the same position. */
    DICOM_SLICE_DUPLICATE(FailureClass.BAD_JOB),
    /** The distances between slices differ. */
    DICOM_SPACING_UNEVEN(FailureClass.BAD_JOB),
    /** The slices lean against their normal further than a gantry can be tilted. */
    DICOM_GANTRY_TILT(FailureClass.BAD_JOB),

    /** The model store is missing or cannot be read, or another disk is in its place. */
    MODEL_STORE_UNAVAILABLE(FailureClass.ENVIRONMENT),
    /** The job asks for a class that the model does not have, or to measure one that it does not ask for. */
    CLASS_UNKNOWN(FailureClass.BAD_JOB),
    /** The store has no model of that name, or not that version. */
    MODEL_NOT_FOUND(FailureClass.BAD_JOB),
    /** The model package is incomplete or contradicts itself. */
    MODEL_INVALID(FailureClass.BAD_JOB),
    /** The weights do not have the digest that the manifest states. */
    MODEL_DIGEST_MISMATCH(FailureClass.BAD_JOB),

    /** The event breaks its JSON Schema; the message names the JSON pointer. */
    EVENT_INVALID(FailureClass.BAD_JOB),
    /** No such event type is known on this topic. */
    EVENT_TYPE_UNKNOWN(FailureClass.BAD_JOB),
    /** The event type is known, but not this major version of it. */
    EVENT_VERSION_UNSUPPORTED(FailureClass.BAD_JOB),
    /** What is to be published is larger than events may be, as with very many files; what it would tell of is stored. */
    EVENT_TOO_LARGE(FailureClass.BAD_JOB),

    /** Records are damaged on the broker's disk, so that nobody can read them; the message says which. */
    RECORDS_DAMAGED(FailureClass.BAD_JOB),

    /** The folder is no training data set of a known layout, or contradicts itself. */
    DATASET_INVALID(FailureClass.BAD_JOB),
    /** An image of a training data set has no label map; the message names the case. */
    DATASET_LABEL_MISSING(FailureClass.BAD_JOB),
    /** A label map holds a value that the data set's classes do not have; the message names the file. */
    DATASET_LABEL_UNKNOWN(FailureClass.BAD_JOB),
    /** An image and its label map do not lie on the same grid; the message names the case. */
    DATASET_GEOMETRY_MISMATCH(FailureClass.BAD_JOB),
    /** The folds asked for cannot be made of this data set. */
    FOLDS_INVALID(FailureClass.BAD_JOB),
    /** A training of that id was requested before, with other content. */
    TRAINING_ID_TAKEN(FailureClass.BAD_JOB),
    /** A fold has failed for good, and with it the training. */
    FOLD_FAILED(FailureClass.BAD_JOB),
    /** A fold's result came for a training that has ended or is not known, and counts for nothing. */
    FOLD_NOT_AWAITED(FailureClass.BAD_JOB),
    /** No result of a fold came within the time that its request is kept. */
    TRAINING_EXPIRED(FailureClass.PASSING),
    /** A comparison of that id was requested before, with other content. */
    COMPARISON_ID_TAKEN(FailureClass.BAD_JOB),
    /** Two networks of a comparison have the same name. */
    NETWORK_NAME_TAKEN(FailureClass.BAD_JOB),
    /** No network of a comparison was trained to the end. */
    COMPARISON_EMPTY(FailureClass.BAD_JOB),
    /** A fold was trained by a worker that measures nothing, so that its network cannot be compared. */
    FOLD_UNMEASURED(FailureClass.BAD_JOB),
    /** Nothing was heard of a comparison within the time that results are kept. */
    COMPARISON_EXPIRED(FailureClass.PASSING),
    /** A training volume, prepared, is smaller than a crop or empty. */
    VOLUME_TOO_SMALL(FailureClass.BAD_JOB),
    /** The loss is no longer a finite number. */
    TRAINING_DIVERGED(FailureClass.BAD_JOB),
    /** A training checkpoint is damaged or belongs to another training. */
    CHECKPOINT_INVALID(FailureClass.BAD_JOB),

    /** The change feed of a PACS ends before the place where it was left: another archive answers there. */
    PACS_FEED_SHORTENED(FailureClass.BAD_JOB),
    /** Kafka does not answer, refuses this client or lacks a topic. */
    KAFKA_UNAVAILABLE(FailureClass.PASSING),

    /** No way to compute the network that the worker may take is right on this machine; on another one may be. */
    ARITHMETIC_UNPROVEN(FailureClass.PASSING),
    /** The device has too little memory for one window. */
    DEVICE_OUT_OF_MEMORY(FailureClass.RESOURCE),
    /** The worker has too little memory (Java heap) for the job. */
    HEAP_OUT_OF_MEMORY(FailureClass.RESOURCE),
    /** The network failed on this input. */
    NETWORK_FAILED(FailureClass.BAD_JOB),
    /**
     * A GPU or its driver has failed, and answers nothing more in that worker's process, which ends: the job's start counts as
     * a crash.
     */
    DEVICE_FAILED(FailureClass.CRASH),
    /** The worker was asked to stop before the job was done; the job goes back to the queue. */
    JOB_CANCELLED(FailureClass.PASSING),
    /** The job was started as often as allowed and never came to an end. */
    ATTEMPTS_EXHAUSTED(FailureClass.CRASH),
    /** The job, or one stage of it, took longer than its worker allows. Another start would take as long, so none follows. */
    JOB_TIMED_OUT(FailureClass.BAD_JOB),
    /** Somebody asked for the end of the job, see {@code io.deformux.job.cancel.v1}. */
    JOB_CANCELLED_BY_REQUEST(FailureClass.BAD_JOB),
    /** What was asked of a dead letter cannot be done. */
    DEAD_LETTER_REFUSED(FailureClass.BAD_JOB),
    /** A fault in this software. */
    INTERNAL(FailureClass.PASSING);

    private final FailureClass failureClass;

    FailureCode(FailureClass failureClass) {
        this.failureClass = failureClass;
    }

    /** What kind of trouble it is. */
    public FailureClass failureClass() {
        return failureClass;
    }

    /** Whether nobody foresaw it: its stack trace belongs in the log, and its message may point there. */
    public boolean fault() {
        return this == INTERNAL || this == NETWORK_FAILED || this == DEVICE_FAILED;
    }

    /** Whether trying the same job again, unchanged, can succeed; as its class says. */
    public boolean retryable() {
        return failureClass.retryable();
    }
}
