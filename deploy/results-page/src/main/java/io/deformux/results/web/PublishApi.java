package io.deformux.results.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.state.Failure;
import io.deformux.results.state.KnownResults;
import io.deformux.schemas.DeadLetterReplay;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InvalidEventException;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is asked for over HTTP and becomes an event: a scan, an uploaded scan, a replay. For all threads. */
final class PublishApi {
    private static final int MOST_JSON = 64 * 1024;

    private final KnownResults results;
    private final EventPublisher publisher;
    private final Optional<Uploads> uploads;
    private final EventCodec codec = new EventCodec();

    PublishApi(KnownResults results, EventPublisher publisher, Optional<Uploads> uploads) {
        this.results = results;
        this.publisher = publisher;
        this.uploads = uploads;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/scans", Route.Right.WRITE, this::scan),
                new Route("POST", "/api/uploads", Route.Right.WRITE, this::upload),
                new Route("POST", "/api/failures/{}/replay", Route.Right.WRITE, this::replay));
    }

    /** The data of a scan-arrived event; without a job id it gets one. */
    private void scan(Call call) throws IOException {
        byte[] body = call.body().readNBytes(MOST_JSON + 1);
        if (body.length > MOST_JSON) {
            throw new RefusedCallException(413, "TOO_LARGE", "a request has at most " + MOST_JSON + " bytes");
        }
        if (!(parsed(body) instanceof ObjectNode data)) {
            throw new RefusedCallException(400, "EVENT_INVALID", "the body must be a JSON object");
        }
        if (!data.has("jobId")) {
            data.put("jobId", UUID.randomUUID().toString());
        }
        publish(call, valid(JsonText.bytes(data)));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JsonText.parse(body);
        } catch (UncheckedIOException e) {
            throw new RefusedCallException(400, "EVENT_INVALID", "the body is not JSON");
        }
    }

    private Event valid(byte[] data) {
        try {
            return codec.fromJson(ScanArrived.TYPE, data);
        } catch (InvalidEventException e) {
            throw new RefusedCallException(400, "EVENT_INVALID", e.getMessage());
        }
    }

    private void upload(Call call) throws IOException {
        Uploads place = uploads.orElseThrow(() -> new RefusedCallException(
                404, "UPLOADS_OFF", "nothing is uploaded here unless the page is started with a folder for it"));
        if (call.query("model").isEmpty()) {
            throw new RefusedCallException(400, "QUERY_INVALID", "say which model: ?model=NAME");
        }
        Uploads.Upload upload = place.take(call.body());
        try {
            InputReference input =
                    new InputReference(upload.file().toUri(), upload.kind(), Optional.of(upload.sha256()));
            ScanArrived event = new ScanArrived(
                    upload.job(), input, new ModelReference(call.query("model"), Optional.empty()), place.output());
            publish(call, valid(codec.toJson(event).getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidEventException e) {
            place.discard(upload);
            throw new RefusedCallException(400, "EVENT_INVALID", e.getMessage());
        } catch (RuntimeException e) {
            place.discard(upload);
            throw e;
        }
    }

    private void replay(Call call) throws IOException {
        Failure failure = results.failure(call.part(0)).orElseThrow(RefusedCallException::notFound);
        if (!failure.state().equals("open")) {
            throw new RefusedCallException(409, "DEAD_LETTER_REFUSED", "it was " + failure.state() + " before");
        }
        publish(call, new DeadLetterReplay(failure.id()));
    }

    private void publish(Call call, Event event) throws IOException {
        try {
            publisher.publish(event);
        } catch (JobException e) {
            throw new RefusedCallException(503, e.code().name(), "Kafka did not take the event; try again later");
        }
        ObjectNode body = JsonText.object().put("id", event.key());
        if (event instanceof ScanArrived) {
            call.set("Location", "/api/jobs/" + URI.create(event.key()));
        }
        call.send(202, "application/json", JsonText.bytes(body));
    }
}
