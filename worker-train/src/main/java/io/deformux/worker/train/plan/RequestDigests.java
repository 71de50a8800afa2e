package io.deformux.worker.train.plan;

import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.TrainingRequested;
import io.deformux.storage.Digest;
import java.nio.charset.StandardCharsets;

/** The digests of requests as the codec writes them: the same for the same content, however it was laid out. Safe to share. */
final class RequestDigests {
    private final EventCodec codec = new EventCodec();

    String of(Event request) {
        return of(codec.toJson(request));
    }

    /** Whether a digest is that of a request; older software took those of version 1. */
    boolean isOf(String sha256, TrainingRequested request) {
        return sha256.equals(of(request))
                || codec.toJsonOfVersion1(request)
                        .map(RequestDigests::of)
                        .filter(sha256::equals)
                        .isPresent();
    }

    private static String of(String json) {
        return Digest.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
