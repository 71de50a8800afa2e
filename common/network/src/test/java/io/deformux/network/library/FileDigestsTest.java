package io.deformux.network.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    @TempDir
    private Path folder;

    private Path file;
    private FileDigests digests;

    @BeforeEach
    void makeAFile() throws IOException {
        file = Files.writeString(folder.resolve("library.so"), "before");
        digests = new FileDigests(folder.resolve("cache"));
    }

    @Test
    void aDigestIsThatOfTheContent() throws IOException {
        assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("before"));
    }

    @Test
    void anotherTimeOrSizeHasTheFileReadAgain() throws IOException {
        digests.of(LibraryFile.of(file));
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, later(time));
        assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("after!"));
        Files.writeString(file, "longer than that");
        Files.setLastModifiedTime(file, later(time));
        assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("longer than that"));
    }

    @Test
    void theSameTimeAndSizeSaveTheReading() throws IOException {
        digests.of(LibraryFile.of(file));
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, time);
        assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("before"));
    }

    @Test
    void aFileInAJarIsNotedWithTheJar() throws IOException {
        Path jar = folder.resolve("library.jar");
        write(jar, "before");
        LibraryFile inside = new LibraryFile("library.so", new URL("jar:" + jar.toUri() + "!/library.so"));
        assertThat(inside.container()).contains(jar);
        assertThat(inside.length()).isEqualTo(6);
        assertThat(digests.of(inside)).isEqualTo(digest("before"));
        FileTime time = Files.getLastModifiedTime(jar);
        write(jar, "after!");
        Files.setLastModifiedTime(jar, later(time));
        assertThat(digests.of(inside)).isEqualTo(digest("after!"));
    }

    @Test
    void damagedNotesAreReplaced() throws IOException {
        Path notes = folder.resolve("cache/digests.json");
        for (String damaged : new String[] {"", "{", "[]", "{\"" + file.toUri() + "\": 7}", "{} {}"}) {
            Files.createDirectories(notes.getParent());
            Files.writeString(notes, damaged);
            assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("before"));
            assertThat(notes).content().contains(digest("before"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsDoneWithout() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        assertThat(digests.of(LibraryFile.of(file))).isEqualTo(digest("before"));
    }

    private static FileTime later(FileTime time) {
        return FileTime.from(time.toInstant().plus(Duration.ofSeconds(2)));
    }

    private static String digest(String content) {
        return FakeLibtorch.digest(content.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path jar, String content) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("library.so"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }
}
