package io.deformux.worker.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.seg.SegmentTable;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.model.ModelStore;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.PassedOverFiles;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.file.FileStorage;
import io.deformux.testing.format.Archives;
import io.deformux.worker.infer.loading.ModelCache;
import io.deformux.worker.infer.loading.ModelLoader;
import io.deformux.worker.infer.outputs.DicomRtStructOutput;
import io.deformux.worker.infer.outputs.MeasurementsOutput;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.result.UnstoredResults;
import io.deformux.worker.infer.scan.ScanReader;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.StageObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole job says of outputs that it does not write and of files that it does not read. */
class LeftOutTest {
    private static final int MAX_VOXELS = 1 << 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeModel() throws IOException {
        TinyModel.in(folder.resolve("models"), "1");
    }

    @Test
    void aStructureSetOfTooManyPointsIsAWarningAndTheJobIsDoneAllTheSame() throws IOException {
        Path series = Scans.dicom(Files.createDirectories(folder.resolve("series")), "left-out");

        SegmentationCompleted none = run(series, Kind.DICOM, 3);
        SegmentationCompleted one = run(series, Kind.DICOM, Long.MAX_VALUE);

        assertThat(none.warnings().orElseThrow())
                .extracting(ResultWarning::code)
                .contains("RTSTRUCT_TOO_LARGE");
        assertThat(none.outputs()).extracting(OutputFile::role).containsExactly("measurements");
        assertThat(Files.readString(Path.of(none.outputs().get(0).uri()))).contains("RTSTRUCT_TOO_LARGE");
        assertThat(one.outputs()).extracting(OutputFile::role).containsExactly("measurements", "dicom-rtstruct");
        assertThat(one.warnings().orElse(List.of()))
                .extracting(ResultWarning::code)
                .doesNotContain("RTSTRUCT_TOO_LARGE");
    }

    @Test
    void theFilesBesideAVolumeFileAreCountedInFoldersAndArchives() throws IOException {
        Path nifti = Scans.nifti(Files.createDirectories(folder.resolve("one")));
        Files.writeString(nifti.resolveSibling("notes.txt"), "left");
        Files.writeString(nifti.resolveSibling(".hidden"), "left");
        Path zip = folder.resolve("one.zip");
        Files.write(zip, Archives.zip(entries -> {
            Archives.add(entries, new ZipArchiveEntry("scan.nii.gz"), Files.readAllBytes(nifti));
            Archives.add(entries, new ZipArchiveEntry("a.json"), Archives.bytes("{}"));
        }));

        assertThat(run(nifti.getParent(), Kind.DICOM, 8).input().orElseThrow().passedOver())
                .containsExactly(
                        new PassedOverFiles("hidden", 1, List.of(1), List.of()),
                        new PassedOverFiles("no-volume", 1, List.of(3), List.of()));
        assertThat(run(zip, Kind.NIFTI, 8).input().orElseThrow().passedOver())
                .containsExactly(new PassedOverFiles("no-volume", 1, List.of(1), List.of()));
        assertThat(run(nifti, Kind.NIFTI, 8).input()).isEmpty();
    }

    private SegmentationCompleted run(Path input, Kind kind, long mostPoints) {
        AccessPolicy access = AccessPolicy.files(List.of(folder), List.of(folder));
        ComputeSettings compute = ComputeSettings.on("cpu");
        SegmentTable table = SegmentTable.standard();
        Path output = folder.resolve("out-" + mostPoints);
        try (ModelCache models =
                        new ModelCache(new ModelStore(folder.resolve("models")), new ModelLoader(compute, () -> 1));
                UnstoredResults unstored = new UnstoredResults()) {
            SegmentationJob job = new SegmentationJob(
                    new SegmentationSettings(
                            folder.resolve("scratch"),
                            MAX_VOXELS,
                            "0.1.0",
                            EnumSet.of(OutputRole.LABEL_MAP, OutputRole.MEASUREMENTS, OutputRole.DICOM_RTSTRUCT),
                            SegKind.BINARY),
                    compute,
                    models,
                    new StorageRouter(List.of(new FileStorage(access))),
                    new ScanReader(
                            ScanReader.volumeFiles(MAX_VOXELS),
                            new DicomSeriesReader(DicomLimits.defaults()),
                            UnevenSlices.REFUSE),
                    new Segmenter(MAX_VOXELS),
                    table,
                    List.of(new MeasurementsOutput(), new DicomRtStructOutput(table, "0.1.0", mostPoints)),
                    unstored,
                    StageObserver.NONE);
            Files.createDirectories(output);
            return job.run(
                    new ScanArrived(
                            "left-out",
                            new InputReference(input.toUri(), kind, Optional.empty()),
                            new ModelReference(TinyModel.NAME, Optional.empty()),
                            output.toUri()),
                    (done, total) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
