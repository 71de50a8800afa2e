package io.deformux.messaging.rerun;

import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be run again, of the requests and results that it is given. Each scan comes once, known by the digest that the
 * workers found, whatever jobs it was in; one that the model has done or was asked for in this way does not come at all.
 */
final class RerunPlan {
    private static final String PREFIX = "rerun-";
    private static final int ID_DIGITS = 32;

    private final RerunFilter filter;
    private final RerunTarget target;
    private final Map<String, ScanArrived> requests = new HashMap<>();
    private final Map<String, String> jobOfScan = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();

    RerunPlan(RerunFilter filter, RerunTarget target) {
        this.filter = filter;
        this.target = target;
    }

    /** Takes an event that was sent at a time. */
    void take(Event event, Instant time) {
        if (event instanceof ScanArrived request) {
            requests.put(request.jobId(), request);
        } else if (event instanceof SegmentationCompleted result) {
            boolean byTarget = result.model().name().equals(target.model())
                    && result.model().version().equals(target.version());
            if (byTarget) {
                done.add(result.inputSha256());
            }
            if (filter.fits(result, time)) {
                jobOfScan.putIfAbsent(result.inputSha256(), result.jobId());
            }
        }
    }

    /** What becomes of the scans, in the order in which their results were taken. */
    List<Rerun> reruns() {
        return jobOfScan.entrySet().stream()
                .map(scan -> rerun(scan.getKey(), scan.getValue()))
                .toList();
    }

    private Rerun rerun(String scan, String job) {
        String jobId = jobId(scan);
        if (done.contains(scan) || requests.containsKey(jobId)) {
            return new Rerun(job, jobId, Fate.DONE_BEFORE, Optional.empty());
        }
        ScanArrived before = requests.get(job);
        return before == null
                ? new Rerun(job, jobId, Fate.REQUEST_GONE, Optional.empty())
                : new Rerun(job, jobId, Fate.TO_SEND, Optional.of(request(scan, jobId, before)));
    }

    private ScanArrived request(String scan, String jobId, ScanArrived before) {
        InputReference input = before.input();
        return new ScanArrived(
                jobId,
                before.otherChannels().isPresent() ? input : of(scan, input),
                new ModelReference(target.model(), Optional.of(target.version())),
                target.output().orElse(before.output()),
                target.output().isPresent() ? Optional.empty() : before.dicomOutput(),
                before.dicomSegKind(),
                target.priority(),
                // Another model has other classes.
                before.outputs().filter(asked -> before.model().name().equals(target.model())),
                before.otherChannels());
    }

    /** The input must be the scan that was done: the same job id may have been given to another one since. */
    private static InputReference of(String scan, InputReference input) {
        return new InputReference(
                input.uri(),
                input.kind(),
                Optional.of(scan),
                input.seriesInstanceUid(),
                input.acquisitionNumber(),
                input.unevenSlices());
    }

    private String jobId(String scan) {
        String asked = scan + "\n" + target.model() + "\n" + target.version();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
