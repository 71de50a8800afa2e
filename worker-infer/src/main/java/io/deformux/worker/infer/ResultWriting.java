package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.failure.Warning;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.ScanArrived;
import io.deformux.storage.Scratch;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.SegmentedScan;
import io.deformux.worker.infer.outputs.WrittenFile;
import io.deformux.worker.infer.result.OutputPublication;
import io.deformux.worker.infer.result.ResultSettings;
import io.deformux.worker.infer.result.WrittenResult;
import io.deformux.worker.infer.scan.Findings;
import io.deformux.worker.infer.scan.Plausibility;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.JobWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job writes of what was found, into a folder of its own, so that it can outlive the scan. One job at a time. */
final class ResultWriting {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWriting.class);

    private final SegmentationSettings settings;
    private final SegmentTable table;
    private final OutputPublication publication;

    ResultWriting(SegmentationSettings settings, SegmentTable table, OutputPublication publication) {
        this.settings = settings;
        this.table = table;
        this.publication = publication;
    }

    /**
     * Writes the outputs and the event that is to name them.
     *
     * @param segmentation what was found
     * @param device where it was computed, for people
     */
    WrittenResult write(
            PreparedScan prepared, LoadedModel loaded, Segmentation segmentation, String device, JobWatch watch) {
        LabelMap labels = segmentation.labels();
        ScanArrived job = prepared.job();
        ModelPackage model = loaded.model();
        List<Warning> warnings = new ArrayList<>(prepared.warnings());
        warnings.addAll(Plausibility.of(labels, model.manifest().preset().classes()));
        Instant begun = prepared.begun().orElseGet(watch::asked);
        SegmentedScan found = new SegmentedScan(
                prepared.place().identity() + "\n" + prepared.made().labels(),
                begun,
                model.id(),
                model.digest(),
                model.manifest().preset(),
                prepared.scan().volume(),
                prepared.scan().source(),
                ResultSettings.segKind(job, settings),
                prepared.classes(),
                labels,
                segmentation.certainty(),
                List.copyOf(warnings));
        OutputPublication wanted = publication.of(prepared.made().roles());
        Map<OutputRole, Warning> leftOut = wanted.leftOut(found);
        warnings.addAll(leftOut.values());
        SegmentedScan result = wanted.fitting(found.with(warnings));
        Findings.log(LOG, Findings.input(prepared.scan()), result.warnings());
        Scratch scratch = Scratch.in(settings.scratch());
        try {
            List<WrittenFile> files = wanted.write(result, leftOut.keySet(), scratch, watch);
            ResultEvent event = ResultEvent.of(prepared, loaded, result, device, settings.softwareVersion(), table);
            return new WrittenResult(
                    prepared.place(), prepared.made(), begun, files, scratch, prepared.clock(), event::naming);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }
}
