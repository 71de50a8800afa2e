package io.deformux.storage.archive;

import static io.deformux.failure.FailureCode.ARCHIVE_INVALID;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.JOB_CANCELLED;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;
import static io.deformux.storage.Refusals.PATIENT;
import static io.deformux.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.InputLimits;
import io.deformux.testing.format.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {
    private static final Map<String, String> SERIES =
            new TreeMap<>(Map.of(PATIENT + "/1.dcm", "one", PATIENT + "/2.dcm", "two!"));
    private static final InputLimits LIMITS = new InputLimits(1 << 20, 100);

    @TempDir
    Path temp;

    static Stream<byte[]> series() {
        return Stream.of(Archives.zip(SERIES), Archives.tarGz(SERIES));
    }

    @ParameterizedTest
    @MethodSource("series")
    void anArchiveBecomesAFolderOfNumberedFilesWithTheDigestOfTheArchive(byte[] archive) throws IOException {
        FetchedInput input = open(archive, LIMITS);

        assertThat(contents(input.path())).containsExactly("one", "two!");
        assertThat(names(input.path())).containsExactly("000001-1.dcm", "000002-2.dcm");
        assertThat(input).isEqualTo(new FetchedInput(input.path(), "digest", 7, 2));
        assertThat(temp.resolve("object")).doesNotExist();
    }

    @Test
    void anythingElseStaysAFile() throws IOException {
        for (byte[] bytes :
                List.of(new byte[0], new byte[400], Archives.gzip(new byte[400]), new byte[] {0x1f, -117})) {
            FetchedInput input = open(bytes, LIMITS);

            assertThat(input.path()).isEqualTo(temp.resolve("object")).hasBinaryContent(bytes);
            assertThat(input.files()).isEqualTo(1);
            assertThat(input.bytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void anArchiveWithoutEntriesIsAFolderWithoutFiles() throws IOException {
        assertThat(open(Archives.zip(Map.of()), LIMITS).files()).isZero();
    }

    @ParameterizedTest
    @MethodSource("series")
    void anArchiveIsKnownByItsContent(byte[] archive) throws IOException {
        assertThat(Unpacking.isArchive(Files.write(temp.resolve("object"), archive)))
                .isTrue();
        assertThat(Unpacking.isArchive(Files.write(temp.resolve("a.zip"), Archives.gzip(new byte[400]))))
                .isFalse();
    }

    @Test
    void archivesInsideAreNotUnpacked() throws IOException {
        byte[] inner = Archives.zip(SERIES);

        FetchedInput input =
                open(Archives.zip(zip -> Archives.add(zip, new ZipArchiveEntry("inner.zip"), inner)), LIMITS);

        assertThat(input.path().resolve("000001-inner.zip")).hasBinaryContent(inner);
        assertThat(input.files()).isEqualTo(1);
    }

    @Test
    void longNamesAndMultipleGzipMembersAreRead() throws IOException {
        String longName = "a".repeat(200) + "/" + "b".repeat(200);
        byte[] tar =
                new GZIPInputStream(new ByteArrayInputStream(Archives.tarGz(Map.of(longName, "long")))).readAllBytes();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(Archives.gzip(Arrays.copyOf(tar, 700)));
        members.write(Archives.gzip(Arrays.copyOfRange(tar, 700, tar.length)));

        assertThat(contents(open(members.toByteArray(), LIMITS).path())).containsExactly("long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "a/../../outside",
                "a/..",
                "..\\outside",
                "/etc/outside",
                "\\outside",
                "C:\\outside",
                "c:outside"
            })
    void namesThatLeadOutsideAreRefused(String name) throws IOException {
        refuse(ARCHIVE_INVALID, Archives.zip(Map.of(name, "x")), LIMITS);
        refuse(ARCHIVE_INVALID, Archives.tarGz(Map.of(name, "x")), LIMITS);

        assertThat(temp.resolve("outside")).doesNotExist();
    }

    @Test
    void namesThatComeTwiceAreRefused() throws IOException {
        refuse(ARCHIVE_INVALID, Archives.zip(new TreeMap<>(Map.of("a/1", "x", "a//./1", "y"))), LIMITS);
        refuse(ARCHIVE_INVALID, Archives.tarGz(new TreeMap<>(Map.of("a/1", "x", "a//./1", "y"))), LIMITS);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_GNUTYPE_SPARSE,
                'V'
            })
    void linksDevicesAndWhatElseTarKnowsAreRefused(byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("entry", type);
        entry.setLinkName("/etc/passwd");

        refuse(ARCHIVE_INVALID, Archives.tarGz(tar -> Archives.add(tar, entry, new byte[0])), LIMITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {UnixStat.LINK_FLAG, 0020000, 0060000, 0010000, 0140000})
    void linksAndDevicesInAZipAreRefused(int type) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry("entry");
        entry.setUnixMode(type | 0777);

        refuse(ARCHIVE_INVALID, Archives.zip(zip -> Archives.add(zip, entry, Archives.bytes("/etc/passwd"))), LIMITS);
    }

    @Test
    void encryptedFilesAreRefused() throws IOException {
        byte[] archive = Archives.zip(Map.of("1.dcm", "one"));
        int central = indexOf(archive, new byte[] {'P', 'K', 1, 2});
        archive[central + 8] |= 1;

        refuse(ARCHIVE_INVALID, archive, LIMITS);
    }

    @ParameterizedTest
    @MethodSource("series")
    void moreFilesOrBytesThanAllowedAreRefused(byte[] archive) throws IOException {
        refuse(INPUT_TOO_LARGE, archive, new InputLimits(1 << 20, 1));
        refuse(INPUT_TOO_LARGE, archive, new InputLimits(6, 100));
    }

    @Test
    void foldersCountToo() throws IOException {
        Map<String, String> folders = Map.of("a/", "", "b/", "", "c/", "");

        refuse(INPUT_TOO_LARGE, Archives.zip(folders), new InputLimits(1 << 20, 2));
        refuse(INPUT_TOO_LARGE, Archives.tarGz(folders), new InputLimits(1 << 20, 2));
    }

    @Test
    void bombsAreStoppedByTheirExpansion() throws IOException {
        byte[] zeros = new byte[80 << 20];
        InputLimits limits = new InputLimits(1L << 40, 100, 200, Duration.ofMinutes(1));

        refuse(INPUT_TOO_LARGE, Archives.zip(zip -> Archives.add(zip, new ZipArchiveEntry("zeros"), zeros)), limits);
        assertThat(written()).isLessThan(66L << 20);
        refuse(INPUT_TOO_LARGE, Archives.tarGz(tar -> Archives.add(tar, new TarArchiveEntry("zeros"), zeros)), limits);
        assertThat(written()).isLessThan(66L << 20);
    }

    @Test
    void aDirectoryOfMoreEntriesThanAllowedIsNotReadIntoMemory() throws IOException {
        byte[] archive = Archives.zip(zip -> {
            for (int n = 0; n < 40_000; n++) {
                Archives.add(zip, new ZipArchiveEntry("entry-" + n), new byte[0]);
            }
        });

        JobException failure = refuse(INPUT_TOO_LARGE, archive, new InputLimits(1 << 20, 10));

        assertThat(failure).hasMessageContaining("lists more entries");
    }

    @Test
    void aLongTarNameIsNotReadIntoMemory() throws IOException {
        byte[] name = new byte[50 << 20];
        Arrays.fill(name, (byte) 'n');
        byte[] archive = Archives.tarGz(
                tar -> Archives.add(tar, new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), name));

        refuse(ARCHIVE_INVALID, archive, new InputLimits(1L << 40, 100));
    }

    @ParameterizedTest
    @MethodSource("series")
    void anArchiveCutShortIsDamaged(byte[] archive) throws IOException {
        refuse(INPUT_TRUNCATED, Arrays.copyOf(archive, archive.length - 5), LIMITS);
    }

    @Test
    void aDiskThatFailsIsNoDamage() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("folder"));
        for (Path unreadable : List.of(folder, temp.resolve("gone"))) {
            refused(STORAGE_UNAVAILABLE, temp, () -> Unpacking.open(unreadable, "digest", LIMITS));
        }
    }

    @ParameterizedTest
    @MethodSource("series")
    void aThreadThatIsInterruptedCancels(byte[] archive) {
        Thread.currentThread().interrupt();
        try {
            refused(JOB_CANCELLED, temp, () -> open(archive, LIMITS));
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void aWrongChecksumIsDamage() throws IOException {
        byte[] archive = Archives.zip(zip -> {
            ZipArchiveEntry entry = new ZipArchiveEntry("1");
            entry.setMethod(ZipArchiveEntry.STORED);
            zip.setMethod(ZipArchiveEntry.STORED);
            entry.setSize(3);
            CRC32 crc = new CRC32();
            crc.update(Archives.bytes("one"));
            entry.setCrc(crc.getValue());
            Archives.add(zip, entry, Archives.bytes("one"));
        });
        archive[indexOf(archive, Archives.bytes("one"))] = 'O';

        refuse(INPUT_TRUNCATED, archive, LIMITS);
    }

    @Test
    void anyDamageIsARefusalOrAnInputWithinTheLimits() throws IOException {
        Random random = new Random(7);
        List<byte[]> archives = series().toList();
        for (int n = 0; n < 2_000; n++) {
            byte[] damaged = archives.get(n % 2).clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(open(damaged, LIMITS).bytes()).isLessThanOrEqualTo(LIMITS.maxBytes());
            } catch (JobException e) {
                assertThat(e.code()).isIn(ARCHIVE_INVALID, INPUT_TRUNCATED, INPUT_TOO_LARGE);
            }
        }
    }

    private JobException refuse(FailureCode code, byte[] archive, InputLimits limits) {
        return refused(code, temp, () -> open(archive, limits));
    }

    private FetchedInput open(byte[] object, InputLimits limits) throws IOException {
        clear();
        return Unpacking.open(Files.write(temp.resolve("object"), object), "digest", limits);
    }

    private void clear() throws IOException {
        Path unpacked = temp.resolve("unpacked");
        if (Files.exists(unpacked)) {
            try (Stream<Path> files = Files.list(unpacked)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(unpacked);
        }
        Files.deleteIfExists(temp.resolve("object"));
    }

    private long written() throws IOException {
        return Files.size(temp.resolve("unpacked/000001-zeros"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not in it");
    }
}
