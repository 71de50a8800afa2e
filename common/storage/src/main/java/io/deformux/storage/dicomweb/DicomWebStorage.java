package io.deformux.storage.dicomweb;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Digest;
import io.deformux.storage.Download;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.InputMeter;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.Storage;
import io.deformux.storage.StoredObject;
import io.deformux.storage.web.HttpStatus;
import io.deformux.storage.web.WebClient;
import io.deformux.storage.web.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code dicomweb(s)://host[:port]/path/studies/{uid}/series/{uid}}: the instances of a series, one file each, and
 * {@code …/studies[/{uid}]}: where DICOM objects are stored.
 *
 * <p>The digest of a series is {@link Digest#ofAll} over its instances as the archive sends them. An archive may write
 * headers of its own or decompress, so the same series can have another digest at another archive.
 */
public final class DicomWebStorage implements Storage {
    private static final String ACCEPT = "multipart/related; type=\"application/dicom\"; transfer-syntax=";

    /** Explicit VR Little Endian (PS3.5 section A.2), which needs no decoder. */
    private static final String UNCOMPRESSED = ACCEPT + "1.2.840.10008.1.2.1";

    private static final String AS_IT_IS = ACCEPT + "*";

    /**
     * Answers after which the series is asked for as it is: some instances only, bad request, not acceptable,
     * unsupported, and what a failing decoder may end in.
     */
    private static final Set<Integer> NOT_UNCOMPRESSED = Set.of(206, 400, 406, 415, 500, 501);

    private final WebClient client;
    private final InputLimits limits;
    private final StowRequest stow;

    /** A storage over {@code client}, within the limits of {@code policy}. */
    public DicomWebStorage(AccessPolicy policy, WebClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.limits = policy.limits();
        this.stow = new StowRequest(client);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("dicomweb", "dicomwebs");
    }

    @Override
    public FetchedInput fetch(URI reference, Scratch scratch) {
        URI series = ServiceUri.series(reference).http();
        try (WebResponse uncompressed = client.get(series, UNCOMPRESSED)) {
            if (!NOT_UNCOMPRESSED.contains(uncompressed.status())) {
                return save(uncompressed, scratch);
            }
        }
        try (WebResponse asItIs = client.get(series, AS_IT_IS)) {
            return save(asItIs, scratch);
        }
    }

    /** DICOM objects alone. */
    @Override
    public boolean takes(String mediaType) {
        return mediaType.equals("application/dicom");
    }

    /** The name is of no use: a DICOM object is known by its UIDs. */
    @Override
    public StoredObject store(Path file, URI location, ObjectName name) {
        return stow.store(file, ServiceUri.studies(location));
    }

    private FetchedInput save(WebResponse response, Scratch scratch) {
        if (response.status() == HttpStatus.PARTIAL) {
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE, "the archive gives only a part of the series; look at its log");
        }
        if (response.status() != HttpStatus.OK) {
            throw HttpStatus.failure(response.status());
        }
        String boundary = MultipartType.boundary(response.header("Content-Type"));
        InputMeter transfer = limits.meter();
        transfer.announce(response.announcedBytes(), scratch.path());
        try {
            return save(new MultipartReader(transfer.count(response.body()), boundary), Download.folder(scratch));
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE,
                    "the archive's answer is not whole or not multipart: " + IoReason.of(e));
        }
    }

    private FetchedInput save(MultipartReader parts, Path folder) throws IOException {
        InputMeter instances = limits.meter();
        List<String> digests = new ArrayList<>();
        for (Optional<InputStream> part = parts.next(); part.isPresent(); part = parts.next()) {
            Path file = folder.resolve(String.format(Locale.ROOT, "%06d.dcm", digests.size() + 1));
            digests.add(Download.save(part.get(), file, instances));
        }
        if (digests.isEmpty()) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "the archive has no instance of the series");
        }
        return new FetchedInput(folder, Digest.ofAll(digests), instances.bytes(), instances.files());
    }
}
