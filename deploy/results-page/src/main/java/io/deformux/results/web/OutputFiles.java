package io.deformux.results.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.results.state.KnownResults;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The files that results name, by job and digest; whole or a range of them. What is not in a result that is known is not
 * served, wherever it lies, and neither is a file that is not any more what its result says. For all threads.
 */
final class OutputFiles {
    private static final Set<String> SCHEMES = Set.of("file", "http", "https", "s3");

    /** Those that a browser may show in its own window; all others are saved. */
    private static final Set<String> SHOWN = Set.of("image/png", "application/json");

    private final KnownResults results;
    private final StorageRouter storage;
    private final Path scratch;

    /**
     * @param storage where outputs may be read from
     * @param scratch where files from elsewhere lie while they are sent
     */
    OutputFiles(KnownResults results, StorageRouter storage, Path scratch) {
        this.results = results;
        this.storage = storage;
        this.scratch = scratch;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/files/{}/{}/{}", Route.Right.READ, this::file));
    }

    static boolean isServed(String uri) {
        return SCHEMES.contains(uri.replaceFirst(":.*", ""));
    }

    /** Where a file is served: job, digest, and the name that it is saved under. */
    static String address(String job, JsonNode output) {
        String name = output.path("uri").asText().replaceFirst(".*/", "");
        return "/files/" + encoded(job) + "/" + output.path("sha256").asText() + "/" + encoded(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void file(Call call) throws IOException {
        JsonNode output = results.job(call.part(0))
                .flatMap(job -> job.result())
                .map(json -> JsonText.parse(json.utf8()).path("outputs"))
                .flatMap(outputs -> StreamSupport.stream(outputs.spliterator(), false)
                        .filter(one -> one.path("sha256").asText().equals(call.part(1)))
                        .findFirst())
                .filter(one -> isServed(one.path("uri").asText()))
                .orElseThrow(RefusedCallException::notFound);
        try (Scratch folder = Scratch.in(scratch)) {
            URI uri = URI.create(output.path("uri").asText());
            FetchedInput fetched = storage.fetch(uri, Optional.of(call.part(1)), folder);
            send(call, output, fetched.path());
        } catch (JobException e) {
            throw refused(e);
        }
    }

    private static RefusedCallException refused(JobException e) {
        boolean gone = e.code() == FailureCode.INPUT_NOT_FOUND || e.code() == FailureCode.INPUT_DIGEST_MISMATCH;
        boolean forbidden = e.code() == FailureCode.REFERENCE_NOT_ALLOWED;
        return new RefusedCallException(
                gone ? 410 : forbidden ? 403 : 502, e.code().name(), e.getMessage());
    }

    private static void send(Call call, JsonNode output, Path file) throws IOException {
        long size = Files.size(file);
        String mediaType = output.path("mediaType").asText();
        call.set("Content-Type", mediaType);
        call.set("Accept-Ranges", "bytes");
        call.set("ETag", "\"" + call.part(1) + "\"");
        call.set("Cache-Control", "private, max-age=3600");
        if (!SHOWN.contains(mediaType)) {
            call.set("Content-Disposition", "attachment");
        }
        Optional<ByteRange> range = call.header("Range").flatMap(text -> ByteRange.of(text, size));
        ByteRange part = range.orElse(new ByteRange(0, size));
        range.ifPresent(r -> call.set("Content-Range", "bytes " + r.from() + "-" + (r.end() - 1) + "/" + size));
        if (call.isHead()) {
            call.set("Content-Length", Long.toString(part.end() - part.from()));
            call.begin(range.isPresent() ? 206 : 200, -1);
            return;
        }
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = call.begin(range.isPresent() ? 206 : 200, part.end() - part.from())) {
            in.skipNBytes(part.from());
            copy(in, out, part.end() - part.from());
        }
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
