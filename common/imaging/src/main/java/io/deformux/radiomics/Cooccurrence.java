package io.deformux.radiomics;

import java.util.Map;

/** Features of a {@link CooccurrenceMatrix} (reference manual, section 3.6). */
final class Cooccurrence {
    private final double[][] p;
    private final double[] marginal;
    private final double[] difference;
    private final double[] sum;

    private Cooccurrence(CooccurrenceMatrix matrix) {
        int size = matrix.counts().length;
        p = new double[size][size];
        marginal = new double[size];
        difference = new double[size];
        sum = new double[2 * size];
        for (int i = 1; i < size; i++) {
            for (int j = 1; j < size; j++) {
                p[i][j] = (double) matrix.counts()[i][j] / matrix.pairs();
                marginal[i] += p[i][j];
                difference[Math.abs(i - j)] += p[i][j];
                sum[i + j] += p[i][j];
            }
        }
    }

    /** The features; none if no two voxels are neighbours. */
    static Map<String, Double> of(CooccurrenceMatrix matrix) {
        return matrix.pairs() == 0 ? Map.of() : new Cooccurrence(matrix).features();
    }

    private Map<String, Double> features() {
        int levels = p.length - 1;
        double mean = mean(marginal);
        double variance = variance(marginal);
        double largest = 0;
        double energy = 0;
        double products = 0;
        double[] cluster = new double[5];
        Entropy joint = new Entropy();
        Entropy first = new Entropy();
        Entropy second = new Entropy();
        for (int i = 1; i <= levels; i++) {
            for (int j = 1; j <= levels; j++) {
                double here = p[i][j];
                double independent = marginal[i] * marginal[j];
                largest = Math.max(largest, here);
                energy += here * here;
                products += here * i * j;
                for (int power = 2; power <= 4; power++) {
                    cluster[power] += here * Math.pow(i + j - 2 * mean, power);
                }
                joint.add(here);
                first.add(here, independent);
                second.add(independent);
            }
        }
        double alone = Entropy.of(marginal);
        return new FeatureList()
                .with("jointMaximum", largest)
                .with("jointAverage", mean)
                .with("jointVariance", variance)
                .with("jointEntropy", joint.bits())
                .with("differenceAverage", mean(difference))
                .with("differenceVariance", variance(difference))
                .with("differenceEntropy", Entropy.of(difference))
                .with("sumAverage", mean(sum))
                .with("sumVariance", variance(sum))
                .with("sumEntropy", Entropy.of(sum))
                .with("angularSecondMoment", energy)
                .with("contrast", overDifferences(k -> (double) k * k))
                .with("dissimilarity", overDifferences(k -> k))
                .with("inverseDifference", overDifferences(k -> 1.0 / (1 + k)))
                .with("normalisedInverseDifference", overDifferences(k -> 1 / (1 + (double) k / levels)))
                .with("inverseDifferenceMoment", overDifferences(k -> 1 / (1 + (double) k * k)))
                .with(
                        "normalisedInverseDifferenceMoment",
                        overDifferences(k -> 1 / (1 + (double) k * k / ((double) levels * levels))))
                .with("inverseVariance", overDifferences(k -> k == 0 ? 0 : 1 / ((double) k * k)))
                .with("correlation", variance == 0 ? 1 : (products - mean * mean) / variance)
                .with("autocorrelation", products)
                .with("clusterTendency", cluster[2])
                .with("clusterShade", cluster[3])
                .with("clusterProminence", cluster[4])
                .with("informationCorrelation1", (joint.bits() - first.bits()) / alone)
                .with(
                        "informationCorrelation2",
                        Math.sqrt(Math.max(0, 1 - Math.exp(-2 * (second.bits() - joint.bits())))))
                .all();
    }

    private interface Weight {
        double of(int difference);
    }

    private double overDifferences(Weight weight) {
        double total = 0;
        for (int k = 0; k < difference.length; k++) {
            total += weight.of(k) * difference[k];
        }
        return total;
    }

    /** Of the index, which {@code probabilities} are those of. */
    private static double mean(double[] probabilities) {
        double mean = 0;
        for (int n = 0; n < probabilities.length; n++) {
            mean += n * probabilities[n];
        }
        return mean;
    }

    private static double variance(double[] probabilities) {
        double mean = mean(probabilities);
        double variance = 0;
        for (int n = 0; n < probabilities.length; n++) {
            variance += (n - mean) * (n - mean) * probabilities[n];
        }
        return variance;
    }
}
