package io.deformux.dicom.series.slice;

/**
 * A point or direction in the patient, in DICOM's axes.
 *
 * @param x mm to the left
 * @param y mm to posterior
 * @param z mm to the head
 */
public record Vector3(double x, double y, double z) {

    /** The vector at {@code from} in a list of coordinates. */
    public static Vector3 of(double[] values, int from) {
        return new Vector3(values[from], values[from + 1], values[from + 2]);
    }

    /** The inner product. */
    public double dot(Vector3 o) {
        return x * o.x + y * o.y + z * o.z;
    }

    /** The vector product. */
    public Vector3 cross(Vector3 o) {
        return new Vector3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    /** The sum. */
    public Vector3 plus(Vector3 o) {
        return new Vector3(x + o.x, y + o.y, z + o.z);
    }

    /** The difference. */
    public Vector3 minus(Vector3 o) {
        return new Vector3(x - o.x, y - o.y, z - o.z);
    }

    /** The product with a number. */
    public Vector3 times(double factor) {
        return new Vector3(x * factor, y * factor, z * factor);
    }

    /** The length. */
    public double norm() {
        return Math.sqrt(dot(this));
    }
}
