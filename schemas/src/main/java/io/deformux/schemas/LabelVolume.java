package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How much of one label was found.
 *
 * @param value the voxel value in the label map, 1 or more
 * @param name the label's name in the model
 * @param voxels number of voxels
 * @param volumeMl volume in mL
 * @param segmentNumber its number in the job's DICOM segmentation; absent where that has no such segment
 * @param colour its colour in every output that has one, as {@code #rrggbb}; older workers do not say
 * @param meanConfidence the mean probability of the label, 0 to 1, over the voxels of the network's grid where it is the
 *     likeliest class; absent where there are none
 * @param meanEntropy the mean entropy over all classes there, 0 (one is certain) to 1 (all are as likely)
 * @param meanDisagreement the mean part of it there that an ensemble's members disagree about; absent of one network
 */
public record LabelVolume(
        int value,
        String name,
        long voxels,
        double volumeMl,
        Optional<Integer> segmentNumber,
        Optional<String> colour,
        Optional<Double> meanConfidence,
        Optional<Double> meanEntropy,
        Optional<Double> meanDisagreement) {
    /** A volume; what is optional may be empty but not {@code null}. */
    public LabelVolume {
        Objects.requireNonNull(segmentNumber, "segmentNumber");
        Objects.requireNonNull(colour, "colour");
        Objects.requireNonNull(meanConfidence, "meanConfidence");
        Objects.requireNonNull(meanEntropy, "meanEntropy");
        Objects.requireNonNull(meanDisagreement, "meanDisagreement");
    }

    /** The volume of a label that is in no DICOM segmentation and has no colour. */
    public LabelVolume(int value, String name, long voxels, double volumeMl) {
        this(
                value,
                name,
                voxels,
                volumeMl,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
