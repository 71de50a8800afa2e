package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.testing.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryRepairTest {
    @TempDir
    private Path folder;

    private Path cache;
    private FakeLibtorch fake;

    @BeforeEach
    void makeALibrary() throws IOException {
        cache = folder.resolve("cache");
        fake = FakeLibtorch.in(folder.resolve("original"));
    }

    @Test
    void theCopyHasTheReplacementAndItsSiblings() throws IOException {
        Path copy = repaired();
        assertThat(copy.resolve(Libtorch.coreName()))
                .hasBinaryContent(TinyElf.with(FakeLibtorch.FUNCTION, FakeLibtorch.REPLACEMENT));
        assertThat(copy.resolve("libc10.so")).hasContent("sibling");
        // DJL loads every file of the folder.
        assertThat(names(copy)).containsExactlyInAnyOrder("libc10.so", Libtorch.coreName());
    }

    @Test
    void theOriginalStaysAsItIs() throws IOException {
        repaired();
        assertThat(fake.folder().resolve(Libtorch.coreName()))
                .hasBinaryContent(TinyElf.with(FakeLibtorch.FUNCTION, FakeLibtorch.CODE));
    }

    @Test
    void djlIsToldOfTheCopy() {
        RepairOutcome outcome = repair(fake.fault());
        assertThat(((RepairOutcome.Repaired) outcome).copy().startProperties())
                .containsEntry(
                        "PYTORCH_LIBRARY_PATH",
                        cache.resolve("libtorch/" + fake.fault().correctedSha256())
                                .toString())
                .containsEntry("PYTORCH_VERSION", "2.0.0")
                .containsEntry("PYTORCH_FLAVOR", "cpu");
    }

    @Test
    void anIntactCopyIsNotMadeAgain() throws IOException {
        Path core = repaired().resolve(Libtorch.coreName());
        Object before = Files.readAttributes(core, "creationTime,fileKey,lastModifiedTime");
        repaired();
        assertThat(Files.readAttributes(core, "creationTime,fileKey,lastModifiedTime"))
                .isEqualTo(before);
    }

    @Test
    void aDamagedCopyIsMadeAgain() throws IOException {
        Path core = repaired().resolve(Libtorch.coreName());
        byte[] right = Files.readAllBytes(core);
        Files.write(core, new byte[] {1, 2, 3});
        repaired();
        assertThat(core).hasBinaryContent(right);
        Files.delete(core);
        repaired();
        assertThat(core).hasBinaryContent(right);
    }

    @Test
    void aCopyWithAFileTooManyIsMadeAgain() throws IOException {
        Path copy = repaired();
        Files.writeString(copy.resolve("libevil.so"), "not ours");
        repaired();
        assertThat(names(copy)).containsExactlyInAnyOrder("libc10.so", Libtorch.coreName());
    }

    @Test
    void aFolderInWhichOthersMayWriteIsNotUsed() throws IOException {
        Path shared = Files.createDirectories(cache.resolve("libtorch"));
        PosixFileAttributeView rights = Files.getFileAttributeView(shared, PosixFileAttributeView.class);
        assumeTrue(rights != null, "this file system has no such rights");
        rights.setPermissions(PosixFilePermissions.fromString("rwxrwx---"));

        RepairOutcome outcome = repair(fake.fault());

        assertThat(outcome).isInstanceOfSatisfying(RepairOutcome.NotPossible.class, not -> assertThat(not.reason())
                .contains("others may write")
                .contains("DEFORMUX_CACHE"));
    }

    @Test
    void aCopyWithADamagedSiblingIsMadeAgain() throws IOException {
        Path sibling = repaired().resolve("libc10.so");
        Files.writeString(sibling, "sib");
        repaired();
        assertThat(sibling).hasContent("sibling");
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws IOException {
        Path left = Files.createDirectories(cache.resolve("libtorch/unfinished-1"));
        Files.writeString(left.resolve("libc10.so"), "sib");
        repaired();
        assertThat(left).doesNotExist();
    }

    @Test
    void anUnknownLibraryIsNotTouched() {
        KnownFault other = new KnownFault("00", "answer", new byte[1], new byte[1], "11");
        assertThat(reason(other)).contains("is not a known one");
    }

    @Test
    void aLibraryWithoutKnownFilesIsNotTouched() {
        Libtorch unknown = new Libtorch("", "", List.of(), Optional.empty(), false);
        assertThat(new LibraryRepair(cache, List.of(fake.fault()), new FileDigests(cache)).of(unknown))
                .isEqualTo(new RepairOutcome.NotPossible("its file is not known"));
    }

    @Test
    void codeThatIsNotTheKnownOneIsNotReplaced() throws IOException {
        KnownFault otherCode = new KnownFault(
                fake.fault().sha256(),
                "answer",
                new byte[] {1, 2, 3, 4, 4},
                new byte[5],
                fake.fault().correctedSha256());
        assertThat(reason(otherCode)).contains("the function's code is not the known one");
        assertThat(cache.resolve("libtorch").resolve(otherCode.correctedSha256()))
                .doesNotExist();
    }

    @Test
    void aFunctionThatIsTooShortOrMissingIsNotReplaced() {
        String sha256 = fake.fault().sha256();
        assertThat(reason(new KnownFault(sha256, "answer", new byte[6], new byte[6], "11")))
                .contains("the function is shorter");
        assertThat(reason(new KnownFault(sha256, "question", new byte[5], new byte[5], "11")))
                .contains("it has no function question");
    }

    @Test
    void aCopyOfAnotherDigestThanExpectedIsRefused() throws IOException {
        KnownFault otherResult =
                new KnownFault(fake.fault().sha256(), "answer", FakeLibtorch.CODE, FakeLibtorch.REPLACEMENT, "11");
        assertThat(reason(otherResult)).contains("the corrected copy is not what it should be");
        assertThat(names(cache.resolve("libtorch"))).containsExactly("lock");
    }

    @Test
    void aFolderThatCannotBeWrittenIsAReason() throws IOException {
        Files.writeString(cache, "a file where the folder should be");
        assertThat(reason(fake.fault())).startsWith("no copy can be made in " + cache);
    }

    @Test
    void processesThatWantItAtTheSameTimeAllGetIt() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            processes.add(JavaCommand.of(
                            RepairMain.class, cache.toString(), fake.folder().toString())
                    .builder()
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(names(cache.resolve("libtorch")))
                .containsExactlyInAnyOrder("lock", fake.fault().correctedSha256());
    }

    /** Exits with 0 if it gets a copy. */
    public static final class RepairMain {
        /** Cache folder, folder of the original. */
        public static void main(String[] arguments) throws IOException {
            FakeLibtorch fake = FakeLibtorch.at(Path.of(arguments[1]));
            Path cache = Path.of(arguments[0]);
            RepairOutcome outcome =
                    new LibraryRepair(cache, List.of(fake.fault()), new FileDigests(cache)).of(fake.library());
            System.exit(outcome instanceof RepairOutcome.Repaired ? 0 : 1);
        }
    }

    private Path repaired() {
        RepairOutcome outcome = repair(fake.fault());
        assertThat(outcome).isInstanceOf(RepairOutcome.Repaired.class);
        return ((RepairOutcome.Repaired) outcome).copy().folder().orElseThrow();
    }

    private String reason(KnownFault fault) {
        RepairOutcome outcome = repair(fault);
        assertThat(outcome).isInstanceOf(RepairOutcome.NotPossible.class);
        return ((RepairOutcome.NotPossible) outcome).reason();
    }

    private RepairOutcome repair(KnownFault fault) {
        return new LibraryRepair(cache, List.of(fault), new FileDigests(cache)).of(fake.library());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }
}
