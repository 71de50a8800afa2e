package io.deformux.storage.web;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.OptionalLong;

/**
 * An answer of which the body is still coming; closing ends the transfer. Belongs to one job and one thread.
 *
 * @param status the HTTP status, none of a redirect
 * @param headers the header fields
 * @param body the body; reading it throws {@link io.deformux.failure.JobException} where the transfer fails
 */
public record WebResponse(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {

    /** The value of a header field, or nothing. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The size that was announced, or 0. */
    public long announcedBytes() {
        try {
            OptionalLong length = headers.firstValueAsLong("Content-Length");
            return Math.max(length.orElse(0), 0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        if (body instanceof BodyStream stream) {
            stream.close();
        }
    }
}
