package io.deformux.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What events may refer to. Nothing is allowed that is not listed.
 *
 * @param inputRoots folders below which {@code file:} inputs may lie, absolute
 * @param outputRoots folders below which {@code file:} outputs may be written, absolute
 * @param hosts where {@code http(s):} and {@code dicomweb(s):} references may lead; the first that fits counts
 * @param buckets where {@code s3:} references may lead; the first that fits counts
 * @param limits how much one input may bring, from wherever
 * @param timeouts how long hosts and buckets may keep a job waiting
 */
public record AccessPolicy(
        List<Path> inputRoots,
        List<Path> outputRoots,
        List<HostRule> hosts,
        List<BucketRule> buckets,
        InputLimits limits,
        Timeouts timeouts) {

    /** Copies the lists and checks that the roots are absolute; throws {@link IllegalArgumentException} otherwise. */
    public AccessPolicy {
        inputRoots = absolute(inputRoots);
        outputRoots = absolute(outputRoots);
        hosts = List.copyOf(hosts);
        buckets = List.copyOf(buckets);
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(timeouts, "timeouts");
    }

    /** Folders for inputs and outputs, and the default limits. */
    public static AccessPolicy files(List<Path> inputRoots, List<Path> outputRoots) {
        return new AccessPolicy(inputRoots, outputRoots, List.of(), List.of(), InputLimits.DEFAULT, Timeouts.DEFAULT);
    }

    /** The same with other folders. */
    public AccessPolicy withRoots(List<Path> inputs, List<Path> outputs) {
        return new AccessPolicy(inputs, outputs, hosts, buckets, limits, timeouts);
    }

    /** The same with other hosts. */
    public AccessPolicy withHosts(HostRule... others) {
        return new AccessPolicy(inputRoots, outputRoots, List.of(others), buckets, limits, timeouts);
    }

    /** The same with other buckets. */
    public AccessPolicy withBuckets(BucketRule... others) {
        return new AccessPolicy(inputRoots, outputRoots, hosts, List.of(others), limits, timeouts);
    }

    /** The same with other limits. */
    public AccessPolicy withLimits(InputLimits other) {
        return new AccessPolicy(inputRoots, outputRoots, hosts, buckets, other, timeouts);
    }

    /** The same with other timeouts. */
    public AccessPolicy withTimeouts(Timeouts other) {
        return new AccessPolicy(inputRoots, outputRoots, hosts, buckets, limits, other);
    }

    private static List<Path> absolute(List<Path> roots) {
        for (Path root : roots) {
            if (!root.isAbsolute()) {
                throw new IllegalArgumentException("an allowed root must be an absolute path: " + root);
            }
        }
        return roots.stream().map(Path::normalize).toList();
    }
}
