package io.deformux.schemas;

import java.net.URI;
import java.util.List;

/**
 * All trainings of a comparison have ended: the networks can be compared.
 *
 * @param comparisonId the comparison
 * @param requestSha256 the digest of its request
 * @param networks those whose training is done, in the order of the request; at least one
 * @param failed the others
 * @param seed of the request, from which the resampling derives too
 * @param output the folder for the table
 * @param requestedAtMs when the request was taken, ms since 1970-01-01 UTC
 */
public record ComparisonReady(
        String comparisonId,
        String requestSha256,
        List<TrainedNetwork> networks,
        List<FailedNetwork> failed,
        long seed,
        URI output,
        long requestedAtMs)
        implements Publication {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.comparison.ready.v1";

    /** All networks; the lists are copied. */
    public ComparisonReady {
        networks = List.copyOf(networks);
        failed = List.copyOf(failed);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return comparisonId;
    }
}
