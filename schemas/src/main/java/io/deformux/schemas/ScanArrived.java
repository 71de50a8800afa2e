package io.deformux.schemas;

import java.net.URI;

/**
 * A request: segment this scan with this model and put the outputs there.
 *
 * @param jobId the job; letters, digits, dot, underscore and hyphen, since it becomes part of output names. A repeated
 *     job id repeats the job and overwrites its outputs
 * @param input the scan
 * @param model the model
 * @param output the folder (file system, bucket prefix) that receives the outputs
 */
public record ScanArrived(String jobId, InputReference input, ModelReference model, URI output) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.scan.arrived.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.SCAN_ARRIVED;
    }

    @Override
    public String key() {
        return jobId;
    }
}
