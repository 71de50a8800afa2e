package io.deformux.worker.infer.settings;

import io.deformux.dicom.seg.SegKind;
import io.deformux.dicom.series.stack.UnevenSlices;
import io.deformux.schemas.OutputChoice;
import io.deformux.worker.infer.outputs.OutputRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What one worker may use.
 *
 * @param scratch where a job keeps files while it runs
 * @param maxVoxels the largest grid, of the scan and at the preset's spacing; larger ones are refused before memory is
 *     taken
 * @param softwareVersion what result events name as the producer
 * @param outputs what is stored; the label map always has to be, the segmentation with a report that refers to it
 * @param segKind how DICOM segmentations store segments where the job does not say
 * @param unevenSlices what becomes of DICOM slices that make no even stack where the job does not say
 * @param choice what is wanted of the outputs where the job does not say
 * @param stageLimit how long each stage of a job may take, but the windows
 */
public record SegmentationSettings(
        Path scratch,
        int maxVoxels,
        String softwareVersion,
        Set<OutputRole> outputs,
        SegKind segKind,
        UnevenSlices unevenSlices,
        OutputChoice choice,
        Duration stageLimit) {
    /** 2^29 voxels: a scan of 512 x 512 x 2048. */
    public static final int MAX_VOXELS = 1 << 29;

    /** An hour: a scan of 1000 slices takes minutes, over a slow line too. */
    public static final Duration STAGE_LIMIT = Duration.ofHours(1);

    /** Checks the values. */
    public SegmentationSettings {
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(softwareVersion, "softwareVersion");
        Objects.requireNonNull(segKind, "segKind");
        Objects.requireNonNull(unevenSlices, "unevenSlices");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(stageLimit, "stageLimit");
        outputs = Set.copyOf(outputs);
        if (maxVoxels < 1) {
            throw new IllegalArgumentException("max voxels must be at least 1, not " + maxVoxels);
        }
        if (!outputs.contains(OutputRole.LABEL_MAP)) {
            throw new IllegalArgumentException("the outputs must have the label map");
        }
        if (outputs.contains(OutputRole.DICOM_SR) && !outputs.contains(OutputRole.DICOM_SEG)) {
            throw new IllegalArgumentException("a report needs the segmentation that it refers to");
        }
    }

    /** Settings that refuse uneven slices, with {@link #STAGE_LIMIT}. */
    public SegmentationSettings(
            Path scratch, int maxVoxels, String softwareVersion, Set<OutputRole> outputs, SegKind segKind) {
        this(
                scratch,
                maxVoxels,
                softwareVersion,
                outputs,
                segKind,
                UnevenSlices.REFUSE,
                OutputChoice.NONE,
                STAGE_LIMIT);
    }

    /** The same, but for uneven slices. */
    public SegmentationSettings withUnevenSlices(UnevenSlices other) {
        return new SegmentationSettings(
                scratch, maxVoxels, softwareVersion, outputs, segKind, other, choice, stageLimit);
    }

    /** The same, but for what is wanted of the outputs. */
    public SegmentationSettings withChoice(OutputChoice other) {
        return new SegmentationSettings(
                scratch, maxVoxels, softwareVersion, outputs, segKind, unevenSlices, other, stageLimit);
    }

    /** Settings with the usual outputs, segmentations as {@link SegKind#BINARY}. */
    public SegmentationSettings(Path scratch, int maxVoxels, String softwareVersion) {
        this(scratch, maxVoxels, softwareVersion, OutputRole.defaults(), SegKind.BINARY);
    }

    /** These with another limit on each stage. */
    public SegmentationSettings withStageLimit(Duration other) {
        return new SegmentationSettings(
                scratch, maxVoxels, softwareVersion, outputs, segKind, unevenSlices, choice, other);
    }
}
