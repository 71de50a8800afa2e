package io.deformux.storage.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.web.HttpStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an archive says about one stored object: the Store Instances Response Module (PS3.18 annex I.2) in DICOM JSON.
 *
 * @param sopInstanceUid the UID it knows the object by, or empty
 * @param retrieveUrl where it says that the object is, or empty
 * @param failure the Failure Reason (0008,1197) of an object that was not stored
 * @param warning the Warning Reason (0008,1196) of one that was stored with changes
 */
record StowResponse(String sopInstanceUid, String retrieveUrl, OptionalInt failure, OptionalInt warning) {
    private static final Logger LOG = LoggerFactory.getLogger(StowResponse.class);

    private static final String RETRIEVE_URL = "00081190";
    private static final String WARNING_REASON = "00081196";
    private static final String FAILURE_REASON = "00081197";
    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String REFERENCED_SOP_SEQUENCE = "00081199";
    private static final String REFERENCED_SOP_INSTANCE_UID = "00081155";

    /** Duplicate SOP Instance (PS3.7 annex C.5.7): it is there already. */
    private static final int DUPLICATE = 0x0111;

    /** Refused: out of resources, 0xA7xx (PS3.18 table I.2-2). */
    private static final int OUT_OF_RESOURCES = 0xA700;

    private static final int OUT_OF_RESOURCES_MASK = 0xFF00;

    /** No reason given. */
    private static final int PROCESSING_FAILURE = 0x0110;

    /** Reads an answer; one that is not DICOM JSON says nothing. */
    static StowResponse parse(byte[] json) {
        JsonNode root;
        try {
            root = Optional.ofNullable(new ObjectMapper().readTree(json))
                    .map(node -> node.isArray() ? node.path(0) : node)
                    .orElseThrow(IOException::new);
        } catch (IOException e) {
            return new StowResponse("", "", OptionalInt.empty(), OptionalInt.empty());
        }
        JsonNode failed = value(root, FAILED_SOP_SEQUENCE);
        JsonNode stored = value(root, REFERENCED_SOP_SEQUENCE);
        JsonNode object = failed.isMissingNode() ? stored : failed;
        JsonNode url = value(stored, RETRIEVE_URL);
        return new StowResponse(
                value(object, REFERENCED_SOP_INSTANCE_UID).asText(),
                (url.isMissingNode() ? value(root, RETRIEVE_URL) : url).asText(),
                failed.isMissingNode()
                        ? OptionalInt.empty()
                        : OptionalInt.of(value(failed, FAILURE_REASON).asInt(PROCESSING_FAILURE)),
                stored.path(WARNING_REASON).isMissingNode()
                        ? OptionalInt.empty()
                        : OptionalInt.of(value(stored, WARNING_REASON).asInt()));
    }

    /**
     * Whether the object is in the archive now. Status 202 also stands for a part that failed (PS3.18 table
     * 10.5.3-1), so only the answer itself can tell. A duplicate is a job repeated: its UIDs derive from the same
     * inputs, and what is there is what would be stored.
     *
     * @throws JobException OUTPUT_FAILED, or STORAGE_FULL if the archive is
     */
    void check(int status) {
        boolean duplicate = failure.isPresent() && failure.getAsInt() == DUPLICATE;
        boolean said = status == HttpStatus.OK || !sopInstanceUid.isEmpty();
        if ((failure.isPresent() || status == HttpStatus.CONFLICT || !said) && !duplicate) {
            boolean full = failure.isPresent() && (failure.getAsInt() & OUT_OF_RESOURCES_MASK) == OUT_OF_RESOURCES;
            throw new JobException(
                    full ? FailureCode.STORAGE_FULL : FailureCode.OUTPUT_FAILED,
                    "the archive did not store the object: status " + status
                            + (failure.isPresent()
                                    ? String.format(", failure reason 0x%04X", failure.getAsInt())
                                    : ", no reason given")
                            + "; look at its log");
        }
        if (!sopInstanceUid.isEmpty() && !ServiceUri.isUid(sopInstanceUid)) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the archive names a stored object that has no UID");
        }
        warning.ifPresent(reason -> LOG.warn("the archive stored an object with changes: reason {}", reason));
    }

    private static JsonNode value(JsonNode dataSet, String tag) {
        return dataSet.path(tag).path("Value").path(0);
    }
}
