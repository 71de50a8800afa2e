package io.deformux.storage.s3;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Attempt;
import io.deformux.storage.Digest;
import io.deformux.storage.Download;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.InputMeter;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.ScratchFile;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.Storage;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Use;
import io.deformux.storage.archive.EntryName;
import io.deformux.storage.archive.Unpacking;
import io.deformux.storage.web.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code s3://bucket/key}: one file or an archive of a series, and {@code s3://bucket/prefix/}, with the slash: the
 * objects below it as the files of a series, or of one volume, under {@link EntryName their names}. The digest is that of the object, archive or not, and {@link Digest#ofAll}
 * over the objects of a prefix.
 */
public final class S3Storage implements Storage, AutoCloseable {
    private final BucketClients clients;
    private final InputLimits limits;

    /** A storage for the buckets of {@code policy}; nothing is connected before it is used. */
    public S3Storage(AccessPolicy policy) {
        this.clients = new BucketClients(policy);
        this.limits = policy.limits();
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public FetchedInput fetch(URI reference, Scratch scratch) {
        S3Location location = S3Location.of(reference);
        S3Client client = clients.admit(location, Use.READ);
        try {
            return location.isPrefix()
                    ? fetchPrefix(client, location, Download.folder(scratch))
                    : fetchObject(client, location, Download.folder(scratch).resolve("object"));
        } catch (SdkException e) {
            throw S3Failures.fetching(e);
        }
    }

    /** Up to 5 GiB, the largest that goes in one request; the service compares what came with its SHA-256. */
    @Override
    public StoredObject store(Path file, URI location, ObjectName name) {
        S3Location target = S3Location.of(location).below(name);
        S3Client client = clients.admit(target, Use.STORE);
        try {
            StoredObject stored = new StoredObject(target.uri(), Files.size(file), Digest.of(file));
            client.putObject(
                    put -> put.bucket(target.bucket()).key(target.key()).checksumSHA256(base64(stored.sha256())),
                    RequestBody.fromFile(file));
            checkStored(client.headObject(head -> head.bucket(target.bucket()).key(target.key())), stored);
            return stored;
        } catch (SdkException e) {
            throw S3Failures.storing(e);
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the output " + name + " cannot be read: " + IoReason.of(e));
        }
    }

    /** Under a prefix made of the attempt's content, since objects cannot be renamed: published by whoever names it. */
    @Override
    public StagedOutput stage(Path file, URI location, ObjectName name, Attempt attempt) {
        StoredObject stored = store(file, location, name.in(attempt.content()));
        return () -> stored;
    }

    @Override
    public Optional<byte[]> read(URI location, ObjectName name, int most) {
        S3Location target = S3Location.of(location).below(name);
        S3Client client = clients.admit(target, Use.STORE);
        try (ResponseInputStream<GetObjectResponse> in =
                client.getObject(get -> get.bucket(target.bucket()).key(target.key()))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                in.abort();
                return Optional.empty();
            }
            return Optional.of(bytes);
        } catch (S3Exception e) {
            return absent(e, Optional.empty());
        } catch (SdkException e) {
            throw S3Failures.storing(e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** By its size, and by the SHA-256 that it was stored with where the service tells it. */
    @Override
    public boolean holds(StoredObject output) {
        S3Location target = S3Location.of(output.uri());
        S3Client client = clients.admit(target, Use.STORE);
        try {
            HeadObjectResponse found = client.headObject(
                    head -> head.bucket(target.bucket()).key(target.key()).checksumMode(ChecksumMode.ENABLED));
            String kept = found.checksumSHA256();
            return found.contentLength() != null
                    && found.contentLength() == output.bytes()
                    && (kept == null || kept.equals(base64(output.sha256())));
        } catch (S3Exception e) {
            return absent(e, false);
        } catch (SdkException e) {
            throw S3Failures.storing(e);
        }
    }

    /** What is not there, or is not shown to one who may only store. */
    private static <T> T absent(S3Exception answer, T meaning) {
        if (answer.statusCode() == HttpStatus.NOT_FOUND || answer.statusCode() == HttpStatus.FORBIDDEN) {
            return meaning;
        }
        throw S3Failures.storing(answer);
    }

    @Override
    public void close() {
        clients.close();
    }

    private FetchedInput fetchObject(S3Client client, S3Location location, Path file) {
        return Unpacking.open(file, save(client, location.bucket(), location.key(), file, limits.meter()), limits);
    }

    private FetchedInput fetchPrefix(S3Client client, S3Location prefix, Path folder) {
        InputMeter meter = limits.meter();
        List<String> digests = new ArrayList<>();
        String token = null;
        do {
            String from = token;
            ListObjectsV2Response page = client.listObjectsV2(
                    list -> list.bucket(prefix.bucket()).prefix(prefix.key()).continuationToken(from));
            meter.checkTime();
            for (S3Object object : page.contents()) {
                // Consoles make such empty objects to show a folder.
                if (!object.key().endsWith("/")) {
                    String name = object.key().substring(prefix.key().length());
                    Path file = place(folder, name, digests.size() + 1);
                    digests.add(save(client, prefix.bucket(), object.key(), file, meter));
                }
            }
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (token != null);
        if (digests.isEmpty()) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "no object is below the prefix");
        }
        return new FetchedInput(folder, Digest.ofAll(digests), meter.bytes(), meter.files());
    }

    /** Where the object of that name goes; makes the folders above it. */
    private static Path place(Path folder, String name, int number) {
        Path file = folder.resolve(EntryName.of(name, number));
        // Beside "a/b" a bucket may hold "a", which a disk cannot; no name begins with a tilde.
        Path free = ScratchFile.isFree(file, folder) ? file : folder.resolve("~" + number);
        ScratchFile.folders(free.getParent());
        return free;
    }

    private static String save(S3Client client, String bucket, String key, Path file, InputMeter meter) {
        // Not to be closed on failure: that would read the rest of an object that is not wanted any more.
        ResponseInputStream<GetObjectResponse> in =
                client.getObject(get -> get.bucket(bucket).key(key));
        boolean whole = false;
        try {
            long announced = Optional.ofNullable(in.response().contentLength()).orElse(0L);
            meter.announce(announced, file.getParent());
            long before = meter.bytes();
            String sha256 = Download.save(in, file, meter);
            // The platform's client takes a connection that broke off for the end of the object.
            if (meter.bytes() - before < announced) {
                throw new JobException(
                        FailureCode.STORAGE_UNAVAILABLE, "the connection broke off in the middle of an object");
            }
            whole = true;
            return sha256;
        } finally {
            if (!whole) {
                in.abort();
            }
        }
    }

    private static void checkStored(HeadObjectResponse found, StoredObject stored) {
        if (found.contentLength() == null || found.contentLength() != stored.bytes()) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the output does not lie in the bucket as it was stored");
        }
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
