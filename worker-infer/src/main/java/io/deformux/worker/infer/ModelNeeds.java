package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a model takes of the memory beside Java's heap at the least, known before a scan is fetched: its weights, and of one
 * window the image and the logits in single precision.
 *
 * @param nativeBytes of both
 */
record ModelNeeds(long nativeBytes) {
    private static final double GIGABYTE = 1e9;

    static ModelNeeds of(ModelPackage model) {
        try {
            long weights = 0;
            for (Path archive : model.weights()) {
                weights += Files.size(archive);
            }
            return of(model.manifest(), weights);
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.MODEL_STORE_UNAVAILABLE, "the model's weights cannot be looked at: mount the store", e);
        }
    }

    static ModelNeeds of(ModelManifest manifest, long weights) {
        long window =
                manifest.window().roi().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        int channels = manifest.network().inChannels() + manifest.network().outChannels();
        return new ModelNeeds(weights + window * channels * Float.BYTES);
    }

    /**
     * Compares with what there is.
     *
     * @param room what the process may use beside its heap, in bytes
     * @throws JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    void require(long room) {
        if (nativeBytes > room) {
            throw new JobException(
                    FailureCode.DEVICE_OUT_OF_MEMORY,
                    String.format(
                            Locale.ROOT,
                            "The model takes at least %.1f GB beside Java's heap, where this process may use %.1f GB:"
                                    + " give it more memory, or the JVM less (-Xmx).",
                            nativeBytes / GIGABYTE,
                            room / GIGABYTE));
        }
    }
}
