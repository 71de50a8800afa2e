package io.deformux.radiomics;

import java.util.List;
import java.util.Map;

/** Shape (reference manual, section 3.1); lengths are in mm. */
final class Morphology {
    /** Terms of the series of an ellipsoid's area, as the manual has it. */
    private static final int TERMS = 20;

    private static final MarchingCubes CUBES = new MarchingCubes();

    private Morphology() {}

    /**
     * The features.
     *
     * @param mean of the structure's values
     */
    static Map<String, Double> of(Region region, double mean) {
        SurfaceSums surface = new SurfaceSums(region);
        CUBES.surface(region, surface::add);
        double volume = surface.volume();
        double area = surface.area();
        FeatureList features = new FeatureList()
                .with("volume", volume)
                .with("voxelVolume", region.voxels() * Math.abs(region.affine().determinant()))
                .with("surfaceArea", area)
                .with("surfaceToVolumeRatio", area / volume)
                .with("compactness1", volume / (Math.sqrt(Math.PI) * Math.pow(area, 1.5)))
                .with("compactness2", 36 * Math.PI * volume * volume / Math.pow(area, 3))
                .with("sphericalDisproportion", area / Math.cbrt(36 * Math.PI * volume * volume))
                .with("sphericity", Math.cbrt(36 * Math.PI * volume * volume) / area)
                .with("asphericity", Math.cbrt(Math.pow(area, 3) / (36 * Math.PI * volume * volume)) - 1);
        PrincipalAxes axes = PrincipalAxes.of(region);
        List<int[]> points = HullPoints.of(region);
        features.with("centreOfMassShift", distance(axes.centre(), axes.weighted()))
                .with("maximum3dDiameter", diameter(region, points));
        addAxes(features, axes.variances());
        addDensities(features, region, points, axes.variances(), volume, area);
        return features.with("integratedIntensity", mean * volume).all();
    }

    private static void addAxes(FeatureList features, double[] variances) {
        features.with("majorAxisLength", 4 * Math.sqrt(variances[0]))
                .with("minorAxisLength", 4 * Math.sqrt(variances[1]))
                .with("leastAxisLength", 4 * Math.sqrt(variances[2]))
                .with("elongation", Math.sqrt(variances[1] / variances[0]))
                .with("flatness", Math.sqrt(variances[2] / variances[0]));
    }

    private static void addDensities(
            FeatureList features, Region region, List<int[]> points, double[] variances, double volume, double area) {
        double[] spacing = region.affine().spacing();
        int[] size = region.shape().toArray();
        double x = spacing[0] * size[0];
        double y = spacing[1] * size[1];
        double z = spacing[2] * size[2];
        double a = 2 * Math.sqrt(variances[0]);
        double b = 2 * Math.sqrt(variances[1]);
        double c = 2 * Math.sqrt(variances[2]);
        SurfaceSums hull = new SurfaceSums(region);
        ConvexHull.of(points).forEach(face -> hull.add(face[0], face[1], face[2]));
        features.with("volumeDensityBox", volume / (x * y * z))
                .with("areaDensityBox", area / (2 * (x * y + y * z + z * x)))
                .with("volumeDensityEllipsoid", volume / (4 * Math.PI / 3 * a * b * c))
                .with("areaDensityEllipsoid", area / ellipsoidArea(a, b, c))
                .with("volumeDensityConvexHull", volume / hull.volume())
                .with("areaDensityConvexHull", area / hull.area());
    }

    /**
     * The area of an ellipsoid of these half axes, descending, as the manual has it: a series of Legendre polynomials. Of an
     * ellipsoid that is no ball the series is some per cent off, and so are the values that were agreed on.
     */
    static double ellipsoidArea(double a, double b, double c) {
        double alpha = 1 - b * b / (a * a);
        double beta = 1 - c * c / (a * a);
        double product = alpha * beta;
        double half = (alpha + beta) / 2;
        // (alpha beta)^n P_n((alpha² + beta²) / (2 alpha beta)) by the recurrence of P, so that nothing is divided by
        // 0.
        double before = 0;
        double term = 1;
        double sum = 0;
        for (int n = 0; n <= TERMS; n++) {
            sum += term / (1 - 4.0 * n * n);
            double next = ((2 * n + 1) * half * term - n * product * before) / (n + 1);
            before = term;
            term = next;
        }
        return 4 * Math.PI * a * b * sum;
    }

    /** The longest way between two points of the surface, which are corners of its convex hull. */
    private static double diameter(Region region, List<int[]> points) {
        List<double[]> places = points.stream()
                .map(half -> region.millimetres(half[0] / 2.0, half[1] / 2.0, half[2] / 2.0))
                .toList();
        double longest = 0;
        for (int n = 0; n < places.size(); n++) {
            for (int m = 0; m < n; m++) {
                longest = Math.max(longest, distance(places.get(n), places.get(m)));
            }
        }
        return longest;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }
}
