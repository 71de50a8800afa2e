package io.deformux.worker.infer;

import static io.deformux.failure.FailureCode.INPUT_FORMAT_UNKNOWN;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.failure.JobException;
import io.deformux.parity.Fixtures;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.FetchedInput;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.testing.format.Archives;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.scan.ScanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people pack a scan into, from the reference to the volume. */
class ContainersTest {
    private static final int MAX_VOXELS = 1 << 24;

    @TempDir
    Path folder;

    private final ScanReader reader = new ScanReader(
            ScanReader.volumeFiles(MAX_VOXELS), new DicomSeriesReader(DicomLimits.defaults()), UnevenSlices.REFUSE);

    private Path series;

    @BeforeEach
    void writeSeries() throws IOException {
        series = Scans.dicom(Files.createDirectories(folder.resolve("series")), "containers");
    }

    @Test
    void aSeriesIsTheSameInAnyArchive() throws IOException {
        float[] voxels = read(series, Kind.DICOM).voxels();
        byte[] tar = Archives.tar(entries -> {
            for (Path file : files(series)) {
                Archives.add(entries, new TarArchiveEntry("Jos\u00e9/" + file.getFileName()), Files.readAllBytes(file));
            }
        });
        byte[] zip = Archives.zip(entries -> {
            for (Path file : files(series)) {
                Archives.add(entries, new ZipArchiveEntry("a b/" + file.getFileName()), Files.readAllBytes(file));
            }
        });

        for (byte[] archive : List.of(tar, Archives.gzip(tar), zip)) {
            assertThatArray(read(write("series.bin", archive), Kind.DICOM).voxels())
                    .isEqualTo(voxels);
        }
    }

    @Test
    void anArchiveOrFolderWithOneVolumeFileIsThatVolumeUnderEitherKind() throws IOException {
        Path nifti = Scans.nifti(Files.createDirectories(folder.resolve("one")));
        float[] voxels = read(nifti, Kind.NIFTI).voxels();
        byte[] zip = Archives.zip(
                entries -> Archives.add(entries, new ZipArchiveEntry("scan.nii.gz"), Files.readAllBytes(nifti)));

        for (Kind kind : Kind.values()) {
            assertThatArray(read(write("nifti.zip", zip), kind).voxels()).isEqualTo(voxels);
            assertThatArray(read(nifti.getParent(), kind).voxels()).isEqualTo(voxels);
        }
    }

    @Test
    void aSeriesThatWasNamedIsNotReplacedByAVolumeFile() throws IOException {
        Path nifti = Scans.nifti(Files.createDirectories(folder.resolve("one")));
        InputReference reference = new InputReference(
                nifti.getParent().toUri(),
                Kind.DICOM,
                Optional.empty(),
                Optional.of("1.2.3"),
                Optional.empty(),
                Optional.empty());

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(nifti.getParent(), reference)))
                .isNotNull();
    }

    @Test
    void anAcquisitionThatIsNotThereIsNotReplacedByAVolumeFile() throws IOException {
        Scans.nifti(series);
        InputReference reference = new InputReference(
                series.toUri(), Kind.DICOM, Optional.empty(), Optional.empty(), Optional.of(7), Optional.empty());

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(series, reference)))
                .hasMessageContaining("no image of the acquisition asked for");
    }

    @Test
    void localizersAreNotReplacedByAVolumeFile() throws IOException {
        Scans.nifti(series);
        for (Path file : files(series)) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            String localizer = bytes.replace("DERIVED\\SECONDARY\\AXIAL ", "DERIVED\\PRIME\\LOCALIZER ");
            Files.writeString(file, localizer, StandardCharsets.ISO_8859_1);
        }
        assertThat(catchThrowableOfType(JobException.class, () -> read(series, Kind.DICOM)))
                .hasMessageContaining("localizer");
    }

    @Test
    void whatIsNeitherIsNamedTogetherWithWhatIsTaken() throws IOException {
        byte[] inner = Archives.zip(
                zip -> Archives.add(zip, new ZipArchiveEntry("series.zip"), Archives.zip(Map.of("1", "x"))));

        JobException refusal =
                catchThrowableOfType(JobException.class, () -> read(write("outer.zip", inner), Kind.DICOM));

        assertThat(refusal.code()).isEqualTo(INPUT_FORMAT_UNKNOWN);
        assertThat(refusal)
                .hasMessageContaining("a zip archive inside the input")
                .hasMessageContaining(".nii.gz");
    }

    @ParameterizedTest
    @CsvSource({"series.tar, DICOM", "IM1.dcm.gz, DICOM", "series.tar.xz, DICOM", "nifti.zip, DICOM", "nifti.zip, NIFTI"
    })
    void theCaseIsRead(String name, Kind kind) {
        assertThat(read(Fixtures.data("../cases/imaging/other-containers/" + name), kind)
                        .voxels()
                        .length)
                .isGreaterThan(1);
    }

    private Volume read(Path path, Kind kind) {
        InputReference reference = new InputReference(path.toUri(), kind, Optional.empty());
        try (Scratch scratch = Scratch.in(folder.resolve("scratch"))) {
            StorageRouter storage = new StorageRouter(
                    List.of(new FileStorage(AccessPolicy.files(List.of(path.toAbsolutePath()), List.of()))));
            FetchedInput input = storage.fetch(reference.uri(), Optional.empty(), scratch);
            return reader.read(input.path(), reference).volume();
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
