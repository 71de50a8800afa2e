package io.deformux.network.training;

/** Arithmetic on flat ranges of maps, each n values from an index on. Stateless. */
public interface MapKernel {
    /** What a LeakyReLU multiplies negative values by. */
    float LEAK = 0.01f;

    /** The sum of x. */
    float sum(float[] x, int at, int n);

    /** The sum of (x - mean)^2. */
    float squares(float[] x, int at, float mean, int n);

    /** The sum of g (x - mean). */
    float product(float[] g, int gAt, float[] x, int xAt, float mean, int n);

    /** y = a x + b z + c; y may be x or z. */
    void combine(float[] x, int xAt, float a, float[] z, int zAt, float b, float c, float[] y, int yAt, int n);

    /** y = leaky(y). */
    void leaky(float[] y, int at, int n);

    /** g = g leaky'(x), where y = leaky(x) has the sign of x; the derivative at 0 is that of the negative side. */
    void leakyGradient(float[] y, int yAt, float[] g, int gAt, int n);
}
