package io.deformux.radiomics;

/** Area and enclosed volume of triangles, in mm. Belongs to one thread. */
final class SurfaceSums {
    private final Region region;
    private double area;
    private double sixfold;

    SurfaceSums(Region region) {
        this.region = region;
    }

    /** Adds a triangle, whose points are in voxels. */
    void add(double[] a, double[] b, double[] c) {
        double[] p = region.millimetres(a[0], a[1], a[2]);
        double[] q = region.millimetres(b[0], b[1], b[2]);
        double[] r = region.millimetres(c[0], c[1], c[2]);
        double[] normal = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int next = (axis + 1) % 3;
            int last = (axis + 2) % 3;
            normal[axis] = (q[next] - p[next]) * (r[last] - p[last]) - (q[last] - p[last]) * (r[next] - p[next]);
        }
        area += Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]) / 2;
        sixfold += normal[0] * p[0] + normal[1] * p[1] + normal[2] * p[2];
    }

    /** In mm². */
    double area() {
        return area;
    }

    /** In mm³. */
    double volume() {
        return Math.abs(sixfold) / 6;
    }
}
