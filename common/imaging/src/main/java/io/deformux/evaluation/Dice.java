package io.deformux.evaluation;

/**
 * The Dice coefficient per class, 2 |A and B| / (|A| + |B|), as MONAI's {@code DiceMetric} gives it.
 *
 * @param includeBackground whether class 0 is scored; if not, the first score is that of class 1
 * @param ignoreEmpty what a class without a voxel in the truth scores: NaN if true, whatever the prediction; if false,
 *     1 when the prediction has none either and else 0
 */
public record Dice(boolean includeBackground, boolean ignoreEmpty) {

    /** What the reference validates with: background included, NaN where the truth is empty. */
    public static final Dice REFERENCE = new Dice(true, true);

    /**
     * Scores one pair of label maps of the same grid.
     *
     * @param prediction classes as unsigned bytes
     * @param truth classes as unsigned bytes, as many
     * @param classes the number of classes, background included
     * @return one score per scored class
     * @throws IllegalArgumentException if the lengths differ or a label is not below {@code classes}
     */
    public double[] perClass(byte[] prediction, byte[] truth, int classes) {
        if (prediction.length != truth.length) {
            throw new IllegalArgumentException(
                    "prediction has " + prediction.length + " voxels, truth has " + truth.length);
        }
        long[] inPrediction = new long[256];
        long[] inTruth = new long[256];
        long[] inBoth = new long[256];
        for (int n = 0; n < truth.length; n++) {
            inPrediction[prediction[n] & 0xff]++;
            inTruth[truth[n] & 0xff]++;
            if (prediction[n] == truth[n]) {
                inBoth[truth[n] & 0xff]++;
            }
        }
        for (int label = classes; label < 256; label++) {
            if (inPrediction[label] + inTruth[label] > 0) {
                throw new IllegalArgumentException("label " + label + " among " + classes + " classes");
            }
        }
        int first = includeBackground ? 0 : 1;
        double[] scores = new double[classes - first];
        for (int label = first; label < classes; label++) {
            scores[label - first] = score(inBoth[label], inPrediction[label], inTruth[label]);
        }
        return scores;
    }

    private double score(long both, long prediction, long truth) {
        if (truth == 0) {
            return ignoreEmpty ? Double.NaN : prediction == 0 ? 1 : 0;
        }
        return 2.0 * both / (prediction + truth);
    }
}
