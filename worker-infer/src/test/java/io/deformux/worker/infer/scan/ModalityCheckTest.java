package io.deformux.worker.infer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.series.DicomSeries;
import io.deformux.dicom.series.DicomSeriesReader;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.worker.infer.Scans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModalityCheckTest {
    @TempDir
    Path folder;

    @Test
    void aWindowInHuThatMeetsAnMrIsDoubtful() throws IOException {
        assertThat(ModalityCheck.doubt(scan("MR"), Preset.AMOS))
                .hasValueSatisfying(doubt -> assertThat(doubt.message()).contains("the scan is MR", "--intensity"));
    }

    @Test
    void nothingElseIs() throws IOException {
        Scan mr = scan("MR");

        assertThat(ModalityCheck.doubt(scan("CT"), Preset.AMOS)).isEmpty();
        assertThat(ModalityCheck.doubt(mr, Preset.AMOS.withIntensity(new ZScore())))
                .isEmpty();
        assertThat(ModalityCheck.doubt(mr, Preset.AMOS.withIntensity(new Percentiles(1, 99))))
                .isEmpty();
        assertThat(ModalityCheck.doubt(new Scan(Scans.ball(), Optional.empty(), Optional.empty()), Preset.AMOS))
                .isEmpty();
    }

    private Scan scan(String modality) throws IOException {
        Path files = Scans.dicom(Files.createTempDirectory(folder, "series"), "modality");
        DicomSeries series = new DicomSeriesReader(DicomLimits.defaults()).read(files, Optional.empty());
        SeriesInfo info = series.info();
        SeriesInfo named = new SeriesInfo(
                modality,
                info.studyInstanceUid(),
                info.seriesInstanceUid(),
                info.frameOfReferenceUid(),
                info.transferSyntaxUids(),
                info.instances());
        return new Scan(
                series.volume(),
                Optional.of(new DicomSeries(
                        series.volume(), named, series.source(), series.passedOver(), series.warnings())),
                Optional.of(series.passedOver()));
    }
}
