package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root that is not mounted is not taken for an empty one. */
class RootFolderTest {
    @TempDir
    Path temp;

    private final AtomicReference<String> disk = new AtomicReference<>("nfs4 nas:/results");

    private RootFolder root(Path path) {
        return new RootFolder(path, folder -> disk.get());
    }

    @Test
    void aRootThatComesBackIsUsedAgain() throws IOException {
        Path path = Files.createDirectory(temp.resolve("root"));
        RootFolder root = root(path);
        assertThat(root.fault()).isEmpty();
        Files.delete(path);
        assertThat(root.fault()).hasValueSatisfying(fault -> assertThat(fault).startsWith("is missing"));
        Files.createDirectory(path);
        assertThat(root.fault()).isEmpty();
    }

    @Test
    void aRootOnAnotherDiskThanBeforeIsNotUsedUntilItsOwnIsBack() {
        RootFolder root = root(temp);
        disk.set("ext4 /dev/sda1");
        assertThat(root.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("another disk"));
        disk.set("nfs4 nas:/results");
        assertThat(root.fault()).isEmpty();
    }

    @Test
    void aMarkedRootIsKnownByItsMarkerWhateverDiskItIsOn() throws IOException {
        Path marker = Files.createFile(temp.resolve(RootFolder.MARKER));
        RootFolder root = root(temp);
        disk.set("nfs4 other-nas:/results");
        assertThat(root.fault()).isEmpty();
        Files.delete(marker);
        assertThat(root.fault()).hasValueSatisfying(fault -> assertThat(fault).contains(RootFolder.MARKER));
    }

    @Test
    void aRootThatWasMissingAtFirstIsKnownFromWhenItIsThere() throws IOException {
        Path path = temp.resolve("late");
        RootFolder root = root(path);
        assertThat(root.wasThere()).isFalse();
        Files.createDirectory(path);
        assertThat(root.fault()).isEmpty();
        assertThat(root.wasThere()).isTrue();
    }

    @Test
    void theDiskOfAFolderHasAName() {
        assertThat(new RootFolder(temp).fault()).isEmpty();
    }
}
