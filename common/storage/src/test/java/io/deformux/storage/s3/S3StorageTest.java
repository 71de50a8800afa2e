package io.deformux.storage.s3;

import static io.deformux.failure.FailureCode.CREDENTIALS_REFUSED;
import static io.deformux.failure.FailureCode.HOST_UNREACHABLE;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.REFERENCE_NOT_ALLOWED;
import static io.deformux.failure.FailureCode.REFERENCE_UNSUPPORTED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Attempt;
import io.deformux.storage.BucketRule;
import io.deformux.storage.Digest;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.Secret;
import io.deformux.storage.StagedOutput;
import io.deformux.storage.StoredObject;
import io.deformux.storage.Timeouts;
import io.deformux.storage.Use;
import io.deformux.testing.format.Archives;
import io.deformux.testing.server.S3Stub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class S3StorageTest {
    private static final String KEY = "in/" + PATIENT;

    @TempDir
    Path temp;

    private final S3Stub service = new S3Stub();
    private Path accessKey;
    private Path secretKey;

    @BeforeEach
    void setUp() throws IOException {
        accessKey = Files.writeString(temp.resolve("access-key"), S3Stub.ACCESS_KEY);
        secretKey = Files.writeString(temp.resolve("secret-key"), "geheim");
    }

    @AfterEach
    void nothingIsLeft() {
        service.close();
        assertThat(temp.resolve("scratch"))
                .satisfiesAnyOf(folder -> assertThat(folder).doesNotExist(), folder -> assertThat(folder)
                        .isEmptyDirectory());
    }

    @Test
    void anObjectIsAFile() throws IOException {
        put(KEY, "some bytes");
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy())) {
            FetchedInput input = storage.fetch(URI.create("s3://scans/in/DOE%5EJANE"), scratch);

            assertThat(input.path()).startsWith(scratch.path()).hasContent("some bytes");
            assertThat(input.sha256()).isEqualTo(digest("some bytes"));
            assertThat(input.bytes()).isEqualTo(10);
        }
    }

    @Test
    void anArchiveIsUnpacked() {
        byte[] archive = Archives.zip(Map.of("1.dcm", "one"));
        service.objects.put("/scans/" + KEY, archive);
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy())) {
            FetchedInput input = storage.fetch(URI.create("s3://scans/in/DOE%5EJANE"), scratch);

            assertThat(input.path()).isDirectory();
            assertThat(input.sha256()).isEqualTo(Digest.of(archive));
        }
    }

    @Test
    void aPrefixIsTheFilesBelowItOverSeveralPages() {
        for (int n = 0; n < 5; n++) {
            put(KEY + "/" + n + ".dcm", "slice " + n);
        }
        put(KEY + "/", "");
        put(KEY + "-of-another/1.dcm", "not this");
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy())) {
            FetchedInput input = storage.fetch(URI.create("s3://scans/in/DOE%5EJANE/"), scratch);

            assertThat(input.files()).isEqualTo(5);
            assertThat(input.bytes()).isEqualTo(35);
            assertThat(input.path().resolve("0.dcm")).hasContent("slice 0");
            assertThat(input.sha256())
                    .isEqualTo(Digest.ofAll(List.of(
                            digest("slice 4"),
                            digest("slice 3"),
                            digest("slice 2"),
                            digest("slice 1"),
                            digest("slice 0"))));
        }
    }

    @Test
    void theObjectsOfAPrefixKeepTheirNamesSoThatPairsFindEachOther() {
        put("in/pair/scan.mhd", "ElementDataFile = scan.raw");
        put("in/pair/scan.raw", "voxels");
        put("in/pair/1/scan.hdr", "header");
        put("in/pair/1/scan.img", "more voxels");
        put("in/pair/\u00e4.dcm", "slice");
        put("in/pair//../../x", "key that a disk would follow");
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy())) {
            Path folder =
                    storage.fetch(URI.create("s3://scans/in/pair/"), scratch).path();

            assertThat(folder.resolve("scan.mhd")).hasContent("ElementDataFile = scan.raw");
            assertThat(folder.resolve("scan.raw")).hasContent("voxels");
            assertThat(folder.resolve("1/scan.hdr")).hasContent("header");
            assertThat(folder.resolve("1/scan.img")).hasContent("more voxels");
            assertThat(folder.resolve("%C3%A4.dcm")).hasContent("slice");
            assertThat(folder.resolve("%/%2E%2E/%2E%2E/x")).hasContent("key that a disk would follow");
        }
    }

    @Test
    void anObjectWhoseNameIsAFolderOfOthersIsTakenToo() {
        put("in/both/a", "object");
        put("in/both/a/1.dcm", "slice");
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy())) {
            Path folder =
                    storage.fetch(URI.create("s3://scans/in/both/"), scratch).path();

            assertThat(folder)
                    .isDirectoryRecursivelyContaining(
                            path -> path.getFileName().toString().startsWith("~"));
            assertThat(folder).isDirectoryContaining(path -> path.endsWith("a"));
        }
    }

    @Test
    void whatIsMissingIsNotFound() {
        refuse(INPUT_NOT_FOUND, policy(), "s3://scans/in/nothing");
        refuse(INPUT_NOT_FOUND, policy(), "s3://scans/in/nothing/");
    }

    @ParameterizedTest
    @CsvSource({
        "301, REFERENCE_UNSUPPORTED",
        "401, CREDENTIALS_REFUSED",
        "403, STORAGE_DENIED",
        "500, STORAGE_UNAVAILABLE",
        "503, HOST_UNREACHABLE"
    })
    void everyStatusHasItsCode(int status, FailureCode code) {
        service.status = status;

        refuse(code, policy(), "s3://scans/in/DOE%5EJANE");
    }

    @Test
    void wrongCredentialsAreDenied() throws IOException {
        put(KEY, "some bytes");
        Files.writeString(accessKey, "somebody");
        refuse(CREDENTIALS_REFUSED, policy(), "s3://scans/in/DOE%5EJANE");

        Files.delete(accessKey);
        refuse(CREDENTIALS_REFUSED, policy(), "s3://scans/in/DOE%5EJANE");
        refuseStore(CREDENTIALS_REFUSED, "s3://scans/out/");
    }

    @Test
    void anObjectThatBreaksOffIsWorthAnotherTry() {
        put(KEY, "some bytes");
        service.missingBytes = 3;

        refuse(STORAGE_UNAVAILABLE, policy(), "s3://scans/in/DOE%5EJANE");
    }

    @Test
    void aServiceThatStallsIsGivenUp() {
        put(KEY, "some bytes");
        service.stalling = true;
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300));

        refuse(STORAGE_UNAVAILABLE, policy().withTimeouts(timeouts), "s3://scans/in/DOE%5EJANE");
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        AccessPolicy policy = policy();
        service.close();

        refuse(HOST_UNREACHABLE, policy, "s3://scans/in/DOE%5EJANE");
    }

    @Test
    void theLimitsHold() {
        put(KEY, "some bytes");
        put(KEY + "/1", "one");
        put(KEY + "/2", "two");

        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(9, 9)), "s3://scans/in/DOE%5EJANE");
        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(5, 9)), "s3://scans/in/DOE%5EJANE/");
        refuse(INPUT_TOO_LARGE, policy().withLimits(new InputLimits(9, 1)), "s3://scans/in/DOE%5EJANE/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://others/in/x",
                "s3://scans/secret/x",
                "s3://scans/",
                "s3://scans",
                "s3://scans/in/../secret/x",
                "s3://scans/in/%2e%2e/secret/x",
                "s3://scans/out/x"
            })
    void whatIsNotListedIsNotAsked(String reference) {
        refuse(REFERENCE_NOT_ALLOWED, policy(), reference);
        assertThat(service.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3:///in/x", "s3:x", "s3://user@scans/in/x", "s3://scans/in/x?versionId=1", "s3://scans:80/in/x"
            })
    void referencesOfAnotherFormAreRefused(String reference) {
        refuse(REFERENCE_UNSUPPORTED, policy(), reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://scans/out", "s3://scans/out/"})
    void anOutputIsStoredWithItsChecksum(String location) throws IOException {
        Path file = Files.writeString(temp.resolve("labels.nii.gz"), "labels");
        try (S3Storage storage = storage(policy())) {
            StoredObject stored = storage.store(file, URI.create(location), ObjectName.of("job-1", "labels.nii.gz"));

            assertThat(stored)
                    .isEqualTo(new StoredObject(URI.create("s3://scans/out/job-1/labels.nii.gz"), 6, digest("labels")));
        }
        assertThatArray(service.objects.get("/scans/out/job-1/labels.nii.gz")).isEqualTo("labels".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"403, STORAGE_DENIED", "404, OUTPUT_FAILED", "500, OUTPUT_FAILED", "503, HOST_UNREACHABLE"})
    void anOutputThatIsRefusedHasItsCode(int status, FailureCode code) throws IOException {
        service.status = status;

        refuseStore(code, "s3://scans/out/");
    }

    @Test
    void outputsGoOnlyWhereStoringIsAllowed() throws IOException {
        refuseStore(REFERENCE_NOT_ALLOWED, "s3://scans/in/");
        refuseStore(REFERENCE_NOT_ALLOWED, "s3://scans/outside/");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void anOutputThatCannotBeSentFailed() throws IOException {
        AccessPolicy policy = policy();
        service.close();
        Path file = Files.writeString(temp.resolve("labels.nii.gz"), "labels");
        try (S3Storage storage = storage(policy)) {
            refused(
                    HOST_UNREACHABLE,
                    temp,
                    () -> storage.store(file, URI.create("s3://scans/out/"), ObjectName.of("x")));
        }
    }

    @Test
    void whatTwoAttemptsStageNeverMixesAndTheSameContentHasOnePlace() throws IOException {
        Path one = Files.writeString(temp.resolve("one"), "one");
        Path two = Files.writeString(temp.resolve("two"), "two");
        URI location = URI.create("s3://scans/out/");
        ObjectName name = ObjectName.of("job-1", "labels.nii.gz");
        try (S3Storage storage = storage(policy());
                Scratch scratch = scratch()) {
            StagedOutput ofOne = storage.stage(one, location, name, new Attempt(scratch, "c1"));
            StagedOutput ofTwo = storage.stage(two, location, name, new Attempt(scratch, "c2"));
            StoredObject stored = ofOne.publish();
            assertThat(stored)
                    .isEqualTo(new StoredObject(URI.create("s3://scans/out/job-1/c1/labels.nii.gz"), 3, digest("one")));
            assertThat(ofTwo.publish().uri()).isNotEqualTo(stored.uri());
            assertThat(storage.stage(one, location, name, new Attempt(scratch, "c1"))
                            .publish())
                    .isEqualTo(stored);
        }
        assertThat(service.objects).hasSize(2);
    }

    @Test
    void aSmallOutputIsReadBackAndAnyOtherIsNot() {
        put("out/job-1/manifest.json", "{}");
        URI location = URI.create("s3://scans/out/");
        ObjectName name = ObjectName.of("job-1", "manifest.json");
        try (S3Storage storage = storage(policy())) {
            assertThat(storage.read(location, name, 2)).get().isEqualTo("{}".getBytes(UTF_8));
            assertThat(storage.read(location, name, 1)).isEmpty();
            assertThat(storage.read(location, ObjectName.of("job-2", "manifest.json"), 2))
                    .isEmpty();
            refused(REFERENCE_NOT_ALLOWED, temp, () -> storage.read(URI.create("s3://scans/in/"), name, 2));
            service.status = 403;
            assertThat(storage.read(location, name, 2)).isEmpty();
        }
    }

    @Test
    void anOutputIsHeldAsLongAsAnObjectOfItsSizeIsThere() {
        put("out/job-1/labels.nii.gz", "labels");
        URI uri = URI.create("s3://scans/out/job-1/labels.nii.gz");
        try (S3Storage storage = storage(policy())) {
            assertThat(storage.holds(new StoredObject(uri, 6, digest("labels"))))
                    .isTrue();
            assertThat(storage.holds(new StoredObject(uri, 7, digest("labels."))))
                    .isFalse();
            assertThat(storage.holds(new StoredObject(URI.create("s3://scans/out/none"), 6, digest("labels"))))
                    .isFalse();
        }
    }

    private void refuse(FailureCode code, AccessPolicy policy, String reference) {
        try (Scratch scratch = scratch();
                S3Storage storage = storage(policy)) {
            refused(code, temp, () -> storage.fetch(URI.create(reference), scratch));
        }
    }

    private void refuseStore(FailureCode code, String location) throws IOException {
        Path file = Files.writeString(temp.resolve("labels.nii.gz"), "labels");
        try (S3Storage storage = storage(policy())) {
            refused(code, temp, () -> storage.store(file, URI.create(location), ObjectName.of("x")));
        }
    }

    private void put(String key, String content) {
        service.objects.put("/scans/" + key, content.getBytes(UTF_8));
    }

    private static String digest(String content) {
        return Digest.of(content.getBytes(UTF_8));
    }

    private Scratch scratch() {
        return Scratch.in(temp.resolve("scratch"));
    }

    private AccessPolicy policy() {
        return AccessPolicy.files(List.of(), List.of()).withBuckets(rule("in/", Use.READ), rule("out/", Use.STORE));
    }

    private BucketRule rule(String prefix, Use use) {
        return new BucketRule(
                "scans",
                prefix,
                Optional.of(service.endpoint()),
                "us-east-1",
                Set.of(use),
                Optional.of(new BucketRule.Keys(new Secret.InFile(accessKey), new Secret.InFile(secretKey))));
    }

    private static S3Storage storage(AccessPolicy policy) {
        return new S3Storage(policy);
    }
}
