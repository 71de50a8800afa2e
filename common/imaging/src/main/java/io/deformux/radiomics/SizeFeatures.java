package io.deformux.radiomics;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Features of runs and of zones, which have the same formulas (reference manual, sections 3.7 and 3.8). */
final class SizeFeatures {
    private double count;
    private double level;
    private double size;
    /** Weighted with the inverse square, and with the square. */
    private final double[] sizes = new double[2];

    private final double[] levels = new double[2];
    /** Sizes and levels: inverse and inverse, inverse and square, square and inverse, square and square. */
    private final double[] both = new double[4];

    private final Map<Integer, Double> ofLevel = new TreeMap<>();
    private final Map<Integer, Double> ofSize = new TreeMap<>();

    private SizeFeatures() {}

    /** What the features of one kind are called. */
    private record Words(String noun, String measure, String little, String much, String percentage, String entropy) {}

    /** Those of runs along 13 directions through so many voxels. */
    static Map<String, Double> runs(SizeMatrix runs, long voxels) {
        Words words = new Words("Run", "RunLength", "short", "long", "runPercentage", "runEntropy");
        return of(runs, words, (double) voxels * Directions.ALL.size());
    }

    /** Those of zones among so many voxels. */
    static Map<String, Double> zones(SizeMatrix zones, long voxels) {
        return of(zones, new Words("Zone", "ZoneSize", "small", "large", "zonePercentage", "zoneSizeEntropy"), voxels);
    }

    private static Map<String, Double> of(SizeMatrix matrix, Words words, double possible) {
        SizeFeatures sums = new SizeFeatures();
        matrix.forEach(sums::add);
        double n = sums.count;
        double levelMean = sums.level / n;
        double sizeMean = sums.size / n;
        double[] spread = new double[2];
        Entropy entropy = new Entropy();
        matrix.forEach((level, size, count) -> {
            spread[0] += count / n * Math.pow(level - levelMean, 2);
            spread[1] += count / n * Math.pow(size - sizeMean, 2);
            entropy.add(count / n);
        });
        double levelSquares = squares(sums.ofLevel);
        double sizeSquares = squares(sums.ofSize);
        String little = words.little() + words.noun();
        String much = words.much() + words.noun();
        String measure = words.measure().substring(0, 1).toLowerCase(Locale.ROOT)
                + words.measure().substring(1);
        return new FeatureList()
                .with(little + "Emphasis", sums.sizes[0] / n)
                .with(much + "Emphasis", sums.sizes[1] / n)
                .with("lowGreyLevel" + words.noun() + "Emphasis", sums.levels[0] / n)
                .with("highGreyLevel" + words.noun() + "Emphasis", sums.levels[1] / n)
                .with(little + "LowGreyLevelEmphasis", sums.both[0] / n)
                .with(little + "HighGreyLevelEmphasis", sums.both[1] / n)
                .with(much + "LowGreyLevelEmphasis", sums.both[2] / n)
                .with(much + "HighGreyLevelEmphasis", sums.both[3] / n)
                .with("greyLevelNonUniformity", levelSquares / n)
                .with("normalisedGreyLevelNonUniformity", levelSquares / (n * n))
                .with(measure + "NonUniformity", sizeSquares / n)
                .with("normalised" + words.measure() + "NonUniformity", sizeSquares / (n * n))
                .with(words.percentage(), n / possible)
                .with("greyLevelVariance", spread[0])
                .with(measure + "Variance", spread[1])
                .with(words.entropy(), entropy.bits())
                .all();
    }

    private void add(int atLevel, int ofThatSize, long times) {
        double i = (double) atLevel * atLevel;
        double j = (double) ofThatSize * ofThatSize;
        count += times;
        level += (double) times * atLevel;
        size += (double) times * ofThatSize;
        sizes[0] += times / j;
        sizes[1] += times * j;
        levels[0] += times / i;
        levels[1] += times * i;
        both[0] += times / (i * j);
        both[1] += times * i / j;
        both[2] += times * j / i;
        both[3] += times * i * j;
        ofLevel.merge(atLevel, (double) times, Double::sum);
        ofSize.merge(ofThatSize, (double) times, Double::sum);
    }

    private static double squares(Map<Integer, Double> counts) {
        return counts.values().stream().mapToDouble(n -> n * n).sum();
    }
}
