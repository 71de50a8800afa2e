package io.deformux.schemas;

import java.util.List;

/**
 * A result: the networks of a comparison are trained, published and compared.
 *
 * @param comparisonId the comparison
 * @param requestSha256 the digest of its request: SHA-256 of the request's data as this contract writes it
 * @param cases how many validation cases the table is of
 * @param resamples how often the cases were drawn anew with replacement for the rank shares
 * @param seed from which those were drawn
 * @param networks the table, in ascending order of the ranks
 * @param failed the networks that are not in it
 * @param files the table as files
 * @param durationMs from the request to the table in ms
 */
public record ComparisonCompleted(
        String comparisonId,
        String requestSha256,
        int cases,
        int resamples,
        long seed,
        List<NetworkFigures> networks,
        List<FailedNetwork> failed,
        List<OutputFile> files,
        long durationMs)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.comparison.completed.v1";

    /** A result; the lists are copied. */
    public ComparisonCompleted {
        networks = List.copyOf(networks);
        failed = List.copyOf(failed);
        files = List.copyOf(files);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.TRAINING_RESULT;
    }

    @Override
    public String key() {
        return comparisonId;
    }

    /** Comparison, request and table; not how long it took. */
    @Override
    public String identity() {
        return Identity.of(comparisonId, requestSha256, networks, failed);
    }
}
