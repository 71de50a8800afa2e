package io.deformux.worker.infer.result;

import io.deformux.model.ModelPackage;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.ObjectName;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.WrittenFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Where the outputs of a job go: a folder named after job, input and model alone, so that a repeated job finds its own and
 * another input does not.
 *
 * @param job what was asked for
 * @param inputSha256 the digest of its input
 * @param modelSha256 the digest of its model
 */
public record ResultPlace(ScanArrived job, String inputSha256, String modelSha256) {
    private static final String MANIFEST = "manifest.json";
    private static final int SHORT = 12;

    public static ResultPlace of(ScanArrived job, FetchedInput input, ModelPackage model) {
        return new ResultPlace(job, input.sha256(), model.digest());
    }

    /** Job, input and model as one text. */
    public String identity() {
        return job.jobId() + "\n" + inputSha256 + "\n" + modelSha256;
    }

    /** Whether a result is of this job, input and model. */
    boolean fits(SegmentationCompleted result) {
        return result.jobId().equals(job.jobId())
                && result.inputSha256().equals(inputSha256)
                && result.model().sha256().equals(modelSha256);
    }

    ObjectName name(WrittenFile file) {
        return ObjectName.of(folder(), file.name());
    }

    public ObjectName manifest() {
        return ObjectName.of(folder(), MANIFEST);
    }

    /** The location that outputs of that kind go to. */
    public static URI location(ScanArrived job, OutputRole role) {
        return role.isDicom() ? job.dicomOutput().orElse(job.output()) : job.output();
    }

    private String folder() {
        return job.jobId() + "-" + shortened(Digest.of(identity().getBytes(StandardCharsets.UTF_8)));
    }

    /** Enough of a digest for a name. */
    static String shortened(String sha256) {
        return sha256.substring(0, SHORT);
    }
}
