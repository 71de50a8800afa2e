package io.deformux.worker.infer;

import io.deformux.dicom.seg.SegmentTable;
import io.deformux.model.ModelPackage;
import io.deformux.nifti.LabelTable;
import io.deformux.schemas.Grid;
import io.deformux.schemas.InputSummary;
import io.deformux.schemas.LabelVolume;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ResultWarning;
import io.deformux.schemas.RuntimeInfo;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.volume.Geometry;
import io.deformux.worker.infer.loading.LoadedModel;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.outputs.SegmentedScan;
import io.deformux.worker.infer.probability.LabelDoubt;
import io.deformux.worker.infer.scan.Findings;
import io.deformux.worker.infer.stage.StageClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What to say of a job's outputs once they are stored; holds nothing of the scan.
 *
 * @param jobId the job
 * @param inputSha256 the digest of its input
 * @param model the model that was used
 * @param volumes what each label that the job is about takes, in voxels and mL
 * @param grid the grid of the labels
 * @param clock how long each stage took so far, in ms
 * @param runtime how it was computed
 * @param input what was passed over, of an input of several files
 * @param warnings what to read with care
 */
record ResultEvent(
        String jobId,
        String inputSha256,
        ModelVersion model,
        List<LabelVolume> volumes,
        Grid grid,
        StageClock clock,
        RuntimeInfo runtime,
        Optional<InputSummary> input,
        List<ResultWarning> warnings) {

    static ResultEvent of(
            PreparedScan prepared,
            LoadedModel loaded,
            SegmentedScan result,
            String device,
            String softwareVersion,
            SegmentTable table) {
        ModelPackage model = loaded.model();
        return new ResultEvent(
                prepared.job().jobId(),
                prepared.input().sha256(),
                new ModelVersion(model.id().name(), model.id().version(), model.digest()),
                volumes(result, table),
                grid(result.labels().geometry()),
                prepared.clock(),
                new RuntimeInfo(
                        device,
                        loaded.arithmetic().format(),
                        softwareVersion,
                        Optional.of(loaded.arithmetic().computedBy()),
                        Optional.of(loaded.worstError())),
                Findings.input(prepared.scan()),
                Findings.told(result.warnings()));
    }

    /** The event, with the outputs as they were stored. */
    SegmentationCompleted naming(List<OutputFile> stored) {
        return new SegmentationCompleted(
                jobId,
                inputSha256,
                model,
                stored,
                stored.stream().anyMatch(file -> file.role().equals(OutputRole.DICOM_SEG.wireName()))
                        ? numbered(volumes)
                        : volumes,
                grid,
                clock.millis(),
                runtime,
                input,
                Optional.of(warnings));
    }

    /** The numbers of the segments as {@link io.deformux.dicom.seg.Segment#present} gives them to what was found. */
    private static List<LabelVolume> numbered(List<LabelVolume> volumes) {
        List<LabelVolume> numbered = new ArrayList<>();
        int segments = 0;
        for (LabelVolume of : volumes) {
            Optional<Integer> number = of.voxels() > 0 ? Optional.of(++segments) : Optional.empty();
            numbered.add(new LabelVolume(
                    of.value(),
                    of.name(),
                    of.voxels(),
                    of.volumeMl(),
                    number,
                    of.colour(),
                    of.meanConfidence(),
                    of.meanEntropy(),
                    of.meanDisagreement()));
        }
        return numbered;
    }

    private static List<LabelVolume> volumes(SegmentedScan result, SegmentTable table) {
        long[] counts = result.labels().counts();
        double millilitres = result.labels().geometry().voxelMillilitres();
        List<LabelVolume> volumes = new ArrayList<>();
        for (LabelTable.Label label : result.names(table).labels()) {
            long voxels = counts[label.value()];
            Optional<LabelDoubt> doubt = result.certainty().of(label.value());
            volumes.add(new LabelVolume(
                    label.value(),
                    label.name(),
                    voxels,
                    voxels * millilitres,
                    Optional.empty(),
                    Optional.of(label.hex()),
                    doubt.map(LabelDoubt::confidence),
                    doubt.map(LabelDoubt::entropy),
                    doubt.flatMap(LabelDoubt::disagreement)));
        }
        return volumes;
    }

    private static Grid grid(Geometry geometry) {
        return new Grid(
                Arrays.stream(geometry.shape().toArray()).boxed().toList(),
                Arrays.stream(geometry.affine().spacing()).boxed().toList(),
                Arrays.stream(geometry.affine().toArray()).boxed().toList());
    }
}
