package io.deformux.messaging.rerun;

import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.schemas.Event;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be run again, of the requests and results that it is given. Each scan comes once, known by the digest that the
 * workers found, as the newest job that fits asked for it; what the model has done already of a scan, or was asked for in
 * this way, does not come again.
 */
final class RerunPlan {
    private static final String PREFIX = "rerun-";
    private static final int ID_DIGITS = 32;

    private final RerunFilter filter;
    private final RerunTarget target;
    /** The newest of each job. */
    private final Map<String, Request> requests = new HashMap<>();
    /** The jobs that fit, by scan. */
    private final Map<String, List<Job>> fitting = new LinkedHashMap<>();
    /** The jobs of the model that is to do them, by scan. */
    private final Map<String, List<Job>> done = new HashMap<>();

    private record Request(ScanArrived event, Instant time) {}

    private record Job(String id, Instant completed) {}

    RerunPlan(RerunFilter filter, RerunTarget target) {
        this.filter = filter;
        this.target = target;
    }

    /** Takes an event that was sent at a time. */
    void take(Event event, Instant time) {
        if (event instanceof ScanArrived request) {
            requests.merge(
                    request.jobId(),
                    new Request(request, time),
                    (known, other) -> other.time().isBefore(known.time()) ? known : other);
        } else if (event instanceof SegmentationCompleted result) {
            Job job = new Job(result.jobId(), time);
            if (result.model().name().equals(target.model())
                    && result.model().version().equals(target.version())) {
                done.computeIfAbsent(result.inputSha256(), scan -> new ArrayList<>())
                        .add(job);
            }
            if (filter.fits(result, time)) {
                fitting.computeIfAbsent(result.inputSha256(), scan -> new ArrayList<>())
                        .add(job);
            }
        }
    }

    /** What becomes of the scans, in the order in which their results were taken. */
    List<Rerun> reruns() {
        return fitting.entrySet().stream()
                .map(scan -> rerun(scan.getKey(), scan.getValue()))
                .toList();
    }

    private Rerun rerun(String scan, List<Job> jobs) {
        Comparator<Job> byAge = Comparator.comparing(Job::completed);
        Optional<Job> known =
                jobs.stream().filter(job -> requests.containsKey(job.id())).max(byAge);
        if (known.isEmpty()) {
            String job = jobs.stream().max(byAge).orElseThrow().id();
            Fate fate = done.containsKey(scan) ? Fate.DONE_BEFORE : Fate.REQUEST_GONE;
            return new Rerun(job, jobId(scan, Optional.empty()), fate, Optional.empty());
        }
        String job = known.get().id();
        ScanArrived request = request(scan, requests.get(job).event());
        return requests.containsKey(request.jobId()) || isDone(scan, request)
                ? new Rerun(job, request.jobId(), Fate.DONE_BEFORE, Optional.empty())
                : new Rerun(job, request.jobId(), Fate.TO_SEND, Optional.of(request));
    }

    /** Whether the model has done it with the same wishes; where its request is forgotten, nobody knows of others. */
    private boolean isDone(String scan, ScanArrived request) {
        return done.getOrDefault(scan, List.of()).stream()
                .map(job -> Optional.ofNullable(requests.get(job.id())))
                .anyMatch(asked ->
                        asked.isEmpty() || wishes(asked.get().event().outputs()).equals(wishes(request.outputs())));
    }

    private static OutputChoice wishes(Optional<OutputChoice> outputs) {
        return outputs.orElse(OutputChoice.NONE);
    }

    /** Another model has other classes, and may see other images. */
    private ScanArrived request(String scan, ScanArrived before) {
        boolean sameModel = before.model().name().equals(target.model());
        InputReference input = before.input();
        Optional<OutputChoice> outputs = before.outputs().map(asked -> sameModel ? asked : asked.ofOtherClasses());
        return new ScanArrived(
                jobId(scan, outputs),
                before.otherChannels().isPresent() ? input : of(scan, input), // the digest is of all of its images
                new ModelReference(target.model(), Optional.of(target.version())),
                target.output().orElse(before.output()),
                target.dicomOutput().instead(before.dicomOutput()),
                before.dicomSegKind(),
                target.priority(),
                outputs,
                before.otherChannels().filter(others -> sameModel || target.otherChannels()));
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

    /** Jobs that ask for nothing in particular have the ids that they always had. */
    private String jobId(String scan, Optional<OutputChoice> outputs) {
        String asked = scan + "\n" + target.model() + "\n" + target.version()
                + outputs.filter(choice -> !choice.equals(OutputChoice.NONE))
                        .map(choice -> "\n" + written(choice))
                        .orElse("");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String written(OutputChoice choice) {
        return List.of(
                        choice.classes(),
                        choice.statistics(),
                        choice.probabilityGrid(),
                        choice.probabilityType(),
                        choice.radiomics(),
                        choice.radiomicsBins())
                + choice.roles().map(List::toString).orElse("");
    }
}
