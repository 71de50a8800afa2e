package io.deformux.storage.web;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.HostRule;
import io.deformux.storage.Origin;
import io.deformux.storage.Timeouts;
import io.deformux.storage.Use;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/**
 * HTTP/1.1 within an {@link AccessPolicy}: allowed origins and addresses only, with the credentials configured for
 * them, timeouts for every wait, and redirects within the same origin. Safe to share between threads.
 */
public final class WebClient {
    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HostCheck hosts;
    private final Timeouts timeouts;
    private final Duration maxTime;
    private final HttpClient client;

    /** A client for the hosts of a policy. */
    public WebClient(AccessPolicy policy) {
        this.hosts = new HostCheck(policy.hosts());
        this.timeouts = policy.timeouts();
        this.maxTime = policy.limits().maxTime();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                // A proxy would resolve names on its own, past the check of addresses.
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeouts.connect())
                .build();
    }

    /**
     * Asks for what is at {@code uri}, an {@code http(s):} URI.
     *
     * @param accept the media types asked for
     * @throws JobException REFERENCE_UNSUPPORTED, REFERENCE_NOT_ALLOWED, CREDENTIALS_REFUSED (none there),
     *     HOST_UNREACHABLE, STORAGE_UNAVAILABLE, JOB_CANCELLED
     */
    public WebResponse get(URI uri, String accept) {
        URI current = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpRequest.Builder request =
                    request(current, Use.READ).GET().header("Accept", accept).timeout(timeouts.stall());
            WebResponse response = send(request.build());
            if (!REDIRECTS.contains(response.status())) {
                return response;
            }
            response.close();
            current = redirected(current, response.header("Location"));
        }
        throw notAllowed("the server redirects more than " + MAX_REDIRECTS + " times");
    }

    /**
     * Posts a body; a redirect is an answer like any other.
     *
     * @throws JobException as {@link #get}
     */
    public WebResponse post(URI uri, String contentType, BodyPublisher body, String accept) {
        return send(request(uri, Use.STORE)
                .POST(body)
                .header("Content-Type", contentType)
                .header("Accept", accept)
                // Runs from the first byte sent, and a large body takes its time.
                .timeout(maxTime)
                .build());
    }

    private HttpRequest.Builder request(URI uri, Use use) {
        HostRule rule = hosts.admit(uri, use);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        rule.credentials().ifPresent(shown -> request.header("Authorization", shown.authorization()));
        return request;
    }

    private WebResponse send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, info -> new BodyStream(timeouts.stall()));
            return new WebResponse(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while it waited for a server");
        } catch (SSLHandshakeException e) {
            throw unreachable("no trusted TLS connection to the server can be made; check its certificate");
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreachable("no connection to the server can be made; start it, or check its address");
        } catch (IOException e) {
            // Its message may hold the address; the class says enough: refused, timed out, broken off.
            throw unavailable("the server does not answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static URI redirected(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw notAllowed("the server redirects to something that is no URI");
        }
        boolean web = to.getHost() != null && String.valueOf(to.getScheme()).matches("(?i)https?");
        if (location.isEmpty() || !web || !Origin.of(to).equals(Origin.of(from))) {
            throw notAllowed("the server redirects to another scheme, host or port; refer to that directly");
        }
        return to;
    }

    private static JobException notAllowed(String message) {
        return new JobException(FailureCode.REFERENCE_NOT_ALLOWED, message);
    }

    private static JobException unreachable(String message) {
        return new JobException(FailureCode.HOST_UNREACHABLE, message);
    }

    private static JobException unavailable(String message) {
        return new JobException(FailureCode.STORAGE_UNAVAILABLE, message);
    }
}
