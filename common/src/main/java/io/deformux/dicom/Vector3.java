package io.deformux.dicom;

/** A point or direction in the patient, in DICOM's axes (x to the left, y to posterior, z to the head), mm. */
record Vector3(double x, double y, double z) {

    /** The vector at {@code from} in a list of coordinates. */
    static Vector3 of(double[] values, int from) {
        return new Vector3(values[from], values[from + 1], values[from + 2]);
    }

    double dot(Vector3 o) {
        return x * o.x + y * o.y + z * o.z;
    }

    Vector3 cross(Vector3 o) {
        return new Vector3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    Vector3 minus(Vector3 o) {
        return new Vector3(x - o.x, y - o.y, z - o.z);
    }

    Vector3 times(double factor) {
        return new Vector3(x * factor, y * factor, z * factor);
    }

    double norm() {
        return Math.sqrt(dot(this));
    }
}
