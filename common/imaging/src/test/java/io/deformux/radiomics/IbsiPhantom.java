package io.deformux.radiomics;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;

/**
 * The digital phantom of the Image Biomarker Standardisation Initiative (reference manual, section 5.1) and the values that
 * its teams agreed on: texture by volume, merged. Licence of the phantom: CC BY 4.0.
 */
final class IbsiPhantom {
    /** Four slices of four rows; a dot is outside. */
    private static final String SLICES =
            """
            14411 14611 41641 44641
            14411 11611 .1311 44611
            144.. 11111 11.11 11611
            144.. 11111 11111 11611
            """;

    /** Published with no tolerance: to three digits. */
    static final String INTENSITY =
            """
            mean 2.15
            variance 3.05
            skewness 1.08
            excessKurtosis -0.355
            median 1
            minimum 1
            percentile10 1
            percentile90 4
            maximum 6
            interquartileRange 3
            range 5
            meanAbsoluteDeviation 1.55
            robustMeanAbsoluteDeviation 1.11
            medianAbsoluteDeviation 1.15
            coefficientOfVariation 0.812
            quartileCoefficientOfDispersion 0.6
            energy 567
            rootMeanSquare 2.77
            discretisedEntropy 1.27
            discretisedUniformity 0.512
            """;

    /** Published with no tolerance: to three digits. */
    static final String COOCCURRENCE =
            """
            jointMaximum 0.509
            jointAverage 2.15
            jointVariance 3.13
            jointEntropy 2.57
            differenceAverage 1.38
            differenceVariance 3.21
            differenceEntropy 1.64
            sumAverage 4.3
            sumVariance 7.41
            sumEntropy 2.11
            angularSecondMoment 0.291
            contrast 5.12
            dissimilarity 1.38
            inverseDifference 0.688
            normalisedInverseDifference 0.856
            inverseDifferenceMoment 0.631
            normalisedInverseDifferenceMoment 0.902
            inverseVariance 0.0574
            correlation 0.183
            autocorrelation 5.19
            clusterTendency 7.41
            clusterShade 17.4
            clusterProminence 147
            informationCorrelation1 -0.0288
            informationCorrelation2 0.269
            """;

    /** Published with no tolerance: to three digits. */
    static final String RUNLENGTH =
            """
            shortRunEmphasis 0.729
            longRunEmphasis 2.76
            lowGreyLevelRunEmphasis 0.607
            highGreyLevelRunEmphasis 9.64
            shortRunLowGreyLevelEmphasis 0.372
            shortRunHighGreyLevelEmphasis 8.67
            longRunLowGreyLevelEmphasis 2.16
            longRunHighGreyLevelEmphasis 15.6
            greyLevelNonUniformity 281
            normalisedGreyLevelNonUniformity 0.43
            runLengthNonUniformity 328
            normalisedRunLengthNonUniformity 0.501
            runPercentage 0.68
            greyLevelVariance 3.48
            runLengthVariance 0.598
            runEntropy 2.62
            """;

    /** Published with no tolerance: to three digits. */
    static final String SIZEZONE =
            """
            smallZoneEmphasis 0.255
            largeZoneEmphasis 550
            lowGreyLevelZoneEmphasis 0.253
            highGreyLevelZoneEmphasis 15.6
            smallZoneLowGreyLevelEmphasis 0.0256
            smallZoneHighGreyLevelEmphasis 2.76
            largeZoneLowGreyLevelEmphasis 503
            largeZoneHighGreyLevelEmphasis 1.49e3
            greyLevelNonUniformity 1.4
            normalisedGreyLevelNonUniformity 0.28
            zoneSizeNonUniformity 1
            normalisedZoneSizeNonUniformity 0.2
            zonePercentage 0.0676
            greyLevelVariance 2.64
            zoneSizeVariance 331
            zoneSizeEntropy 2.32
            """;

    /** Published with a tolerance, the last number. */
    static final String SHAPE =
            """
            volume 556 4
            voxelVolume 592 4
            surfaceArea 388 3
            surfaceToVolumeRatio 0.698 0.004
            compactness1 0.0411 0.0003
            compactness2 0.599 0.004
            sphericalDisproportion 1.19 0.01
            sphericity 0.843 0.005
            asphericity 0.186 0.001
            centreOfMassShift 0.672 0.004
            maximum3dDiameter 13.1 0.1
            majorAxisLength 11.4 0.1
            minorAxisLength 9.31 0.06
            leastAxisLength 8.54 0.05
            elongation 0.816 0.005
            flatness 0.749 0.005
            volumeDensityBox 0.869 0.005
            areaDensityBox 0.866 0.005
            volumeDensityEllipsoid 1.17 0.01
            areaDensityEllipsoid 1.36 0.01
            volumeDensityConvexHull 0.961 0.006
            areaDensityConvexHull 1.03 0.01
            integratedIntensity 1.20e3 10
            """;

    private static final Geometry GRID = new Geometry(new Shape3(5, 4, 4), Affine.scaling(2, 2, 2));

    private IbsiPhantom() {}

    static Volume scan() {
        float[] values = new float[80];
        each((n, sign) -> values[n] = sign == '.' ? 99 : sign - '0');
        return new Volume(GRID, values);
    }

    /** Label 7 in it. */
    static LabelMap labels() {
        byte[] labels = new byte[80];
        each((n, sign) -> labels[n] = (byte) (sign == '.' ? 3 : 7));
        return new LabelMap(GRID, labels);
    }

    private interface Voxel {
        void take(int index, char sign);
    }

    private static void each(Voxel voxel) {
        String signs = SLICES.replaceAll("\\s", "");
        for (int n = 0; n < 80; n++) {
            voxel.take(GRID.shape().index(n % 5, n / 5 % 4, n / 20), signs.charAt(n));
        }
    }
}
