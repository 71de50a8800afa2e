package io.deformux.volumefile;

import static io.deformux.failure.FailureCode.INPUT_FORMAT_UNKNOWN;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.NIFTI_MAGIC_WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.JobException;
import io.deformux.metaimage.MetaImageReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.nrrd.NrrdReader;
import io.deformux.testing.format.Archives;
import io.deformux.testing.format.NiftiBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeFilesTest {
    private static final NiftiBytes NIFTI =
            NiftiBytes.version1().shorts(IntStream.range(0, 24).toArray());

    @TempDir
    Path folder;

    private final VolumeFiles volumes =
            new VolumeFiles(List.of(new NiftiReader(1000), new MetaImageReader(1000), new NrrdReader(1000)));

    @Test
    void aFolderWithOneVolumeIsThatVolume() throws IOException {
        write("sub/scan.nii.gz", NIFTI.gzip());
        write("readme.txt", Archives.bytes("the scan"));
        write(".hidden.nii", NIFTI.plain());

        FoundVolume found = volumes.read(folder);
        assertThat(found.volume().at(1, 2, 3)).isEqualTo(23);
        assertThat(found.hidden()).containsExactly(1);
        assertThat(found.others()).containsExactly(2);
    }

    @Test
    void theVoxelsOfAPairAreNoOtherFile() throws IOException {
        aNiftiPairIsReadInAFolderAlsoCompressed();
        write("notes", Archives.bytes("the scan"));

        assertThat(volumes.read(folder).others()).containsExactly(1);
    }

    @Test
    void aDamagedFileThatMayBeTheVolumeIsNotPassedOver() throws IOException {
        write("a.nii.gz", NIFTI.gzip());
        write("b.nii.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});

        assertThat(refusal(folder)).hasMessageContaining("file 2 of 2").hasMessageContaining("named as a volume");
    }

    @Test
    void ofSeveralVolumesNoneIsTaken() throws IOException {
        write("a.nii.gz", NIFTI.gzip());
        write("b.nii", NIFTI.plain());

        assertThat(refusal(folder)).hasMessageContaining("holds 2 volumes");
    }

    @Test
    void aNiftiPairIsReadInAFolderAlsoCompressed() throws IOException {
        byte[] plain = NIFTI.plain();
        byte[] header = Arrays.copyOf(plain, 348);
        header[345] = 'i';
        byte[] voxels = Arrays.copyOfRange(plain, 352, plain.length);
        byte[] offset = new byte[4];
        System.arraycopy(offset, 0, header, 108, 4);
        write("scan.hdr", header);
        assertThat(refusal(folder).code()).isEqualTo(INPUT_NOT_FOUND);
        write("scan.img", voxels);

        assertThat(volumes.read(folder).volume().at(1, 2, 3)).isEqualTo(23);
        assertThat(refusal(folder.resolve("scan.hdr")))
                .hasMessageContaining("folder or archive that holds both")
                .extracting(JobException::code)
                .isEqualTo(NIFTI_MAGIC_WRONG);

        Files.delete(folder.resolve("scan.hdr"));
        Files.delete(folder.resolve("scan.img"));
        write("scan.hdr.gz", NiftiBytes.gzip(header));
        write("scan.img.gz", NiftiBytes.gzip(voxels));
        assertThat(volumes.read(folder).volume().at(1, 2, 3)).isEqualTo(23);
    }

    @Test
    void whatIsNotReadIsNamedTogetherWithWhatIs() throws IOException {
        assertThat(refusal(write("a", Archives.bytes("Rar!....")))).hasMessageContaining("a RAR archive");
        // What is inside may be DICOM without a preamble: nothing is said of that.
        assertThat(refusal(write("a", Archives.gzip(new byte[400]))))
                .hasMessageContaining("compressed with gzip in a way that is not taken: unpack it");
        assertThat(refusal(write("a", Archives.bytes("hello"))))
                .hasMessageContaining("an unknown format")
                .hasMessageContaining(".nii.gz")
                .hasMessageContaining(".tar.xz")
                .hasMessageContaining(".mha")
                .extracting(JobException::code)
                .isEqualTo(INPUT_FORMAT_UNKNOWN);
        byte[] dicomdir = new byte[400];
        System.arraycopy(Archives.bytes("DICM"), 0, dicomdir, 128, 4);
        System.arraycopy(Archives.bytes("1.2.840.10008.1.3.10"), 0, dicomdir, 160, 20);
        assertThat(refusal(write("DICOMDIR", dicomdir))).hasMessageContaining("send the folder that it lies in");
    }

    @Test
    void aFolderOfOneOtherKindIsNamed() throws IOException {
        write("1", Archives.bytes("%PDF-1.4"));
        write("2", Archives.bytes("%PDF-1.7"));

        assertThat(volumes.whatElse(folder).orElseThrow()).hasMessageContaining("a PDF document");

        write("3", Archives.bytes("text"));
        assertThat(volumes.whatElse(folder)).isEmpty();
    }

    private JobException refusal(Path input) {
        JobException refusal = catchThrowableOfType(JobException.class, () -> volumes.read(input));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }
}
