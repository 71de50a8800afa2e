package io.deformux.nifti;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.JobException;
import io.deformux.testing.format.NiftiBytes;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever the bytes: a volume or a {@link JobException}. */
class NiftiAnyBytesTest {
    private final NiftiReader reader = new NiftiReader(1 << 16);
    private Path file;

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("any", ".nii");
    }

    @AfterProperty
    void removeFile() throws IOException {
        Files.delete(file);
    }

    /** A value to put over the bytes of a valid file. */
    record Change(int at, byte[] bytes) {}

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void randomBytes(@ForAll byte[] bytes, @ForAll boolean compressed) {
        readsOrRefuses(compressed ? NiftiBytes.gzip(bytes) : bytes);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void changedFiles(
            @ForAll("valid") byte[] valid,
            @ForAll("changes") List<Change> changes,
            @ForAll boolean compressedFirst,
            @ForAll boolean compressedLast) {
        byte[] bytes = compressedFirst ? NiftiBytes.gzip(valid) : valid.clone();
        for (Change change : changes) {
            int at = change.at % bytes.length;
            int room = Math.min(change.bytes.length, bytes.length - at);
            System.arraycopy(change.bytes, 0, bytes, at, room);
        }
        readsOrRefuses(compressedLast ? NiftiBytes.gzip(bytes) : bytes);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void cutFiles(@ForAll("valid") byte[] valid, @ForAll boolean compressed, @ForAll("fractions") double fraction) {
        byte[] bytes = compressed ? NiftiBytes.gzip(valid) : valid;
        byte[] cut = Arrays.copyOf(bytes, (int) (bytes.length * fraction));

        assertThat(readsOrRefuses(cut)).as("a cut file is refused").isNull();
    }

    @Provide
    Arbitrary<byte[]> valid() {
        return Arbitraries.of(1, 2).flatMap(version -> Arbitraries.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                .map(order -> new NiftiBytes(version, order)
                        .sform(1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
                        .plain()));
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<byte[]> telling = Arbitraries.of(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0},
                new byte[] {0x7f, -1},
                new byte[] {0, -128},
                new byte[] {0, 0, -64, 0x7f},
                new byte[] {0x7f, -64, 0, 0});
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(8);
        return Combinators.combine(Arbitraries.integers().between(0, 600), Arbitraries.oneOf(telling, any))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0, 0.999).ofScale(3);
    }

    private Volume readsOrRefuses(byte[] bytes) {
        NiftiBytes.write(file, bytes);
        try {
            return reader.read(file);
        } catch (JobException refused) {
            return null;
        }
    }
}
