package io.deformux.network.architecture.deformux;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator in the network's text against the plain loop, and its derivatives against differences of that loop. */
class DeformableOperatorTest {
    private static final int N = 2;
    private static final int C = 3;
    private static final int D = 3;
    private static final int H = 4;
    private static final int W = 5;
    private static final int VOXELS = D * H * W;

    private static final DefinedConvolution ORACLE = new DefinedConvolution(N, C, D, H, W);
    private static ModuleProbe operator;

    private final Random random = new Random(1);
    private final double[] x = random(N * C * VOXELS);
    private final double[] weight = random(C * 27);
    private final double[] bias = random(C);
    private final double[] outputGradient = random(N * C * VOXELS);

    @BeforeAll
    static void load() {
        operator = ModuleProbe.operator(true);
    }

    @AfterAll
    static void close() {
        operator.close();
    }

    @Test
    void agreesWithTheDefinitionNearAndFar() {
        double[] offset = random(N * 81 * VOXELS);
        for (int n = 0; n < offset.length; n++) {
            offset[n] *= n % 5 == 0 ? 1e6 : 3;
        }
        assertAgrees(offset);
    }

    @Test
    void agreesWithTheDefinitionOnTheGridAndOnItsEdges() {
        double[] offset = new double[N * 81 * VOXELS];
        for (int n = 0; n < offset.length; n++) {
            offset[n] = random.nextInt(17) / 2.0 - 4;
        }
        assertAgrees(offset);
    }

    @Test
    void samplesNothingWherePositionsAreNotNumbers() {
        double[] offset = new double[N * 81 * VOXELS];
        offset[7] = Double.NaN;
        offset[11] = Double.POSITIVE_INFINITY;
        offset[13] = Double.NEGATIVE_INFINITY;
        assertAgrees(offset);
    }

    /** With no offset every position is an integer: the cell is the one to the right, never the one to the left. */
    @Test
    void derivesToTheRightAtIntegerPositions() {
        double[] offset = new double[N * 81 * VOXELS];
        Run run = run(offset);
        double h = 1e-4;
        for (int n = 0; n < offset.length; n += 37) {
            double[] moved = offset.clone();
            moved[n] += h;
            double difference = (objective(moved) - objective(offset)) / h;
            // Outside the volume, at exactly -1 or at the size, the derivative is 0 by definition.
            double expected = fails(n) ? 0 : difference;
            assertThat(run.inputGradients().get(1).values()[n]).isCloseTo(expected, within(1e-6));
        }
    }

    /** Whether some axis of the tap that offset n belongs to lies outside when no offset moves it. */
    private static boolean fails(int n) {
        int voxel = n % VOXELS;
        int tap = n / VOXELS % 81 / 3;
        int[] p = {
            voxel / (H * W) - 1 + tap / 9, voxel / W % H - 1 + tap / 3 % 3, voxel % W - 1 + tap % 3,
        };
        return p[0] < 0 || p[0] >= D || p[1] < 0 || p[1] >= H || p[2] < 0 || p[2] >= W;
    }

    private void assertAgrees(double[] offset) {
        double[] expected = ORACLE.apply(x, offset, weight, bias);
        assertThatArray(run(offset).outputs().get(0).values()).isCloseTo(expected, 1e-12);
    }

    private double objective(double[] offset) {
        double[] y = ORACLE.apply(x, offset, weight, bias);
        double sum = 0;
        for (int n = 0; n < y.length; n++) {
            sum += y[n] * outputGradient[n];
        }
        return sum;
    }

    private Run run(double[] offset) {
        return operator.backward(
                new Values(new int[] {N, C, D, H, W}, outputGradient),
                new Values(new int[] {N, C, D, H, W}, x),
                new Values(new int[] {N, 81, D, H, W}, offset),
                new Values(new int[] {C, 1, 3, 3, 3}, weight),
                new Values(new int[] {C}, bias));
    }

    private double[] random(int length) {
        return random.doubles(length, -1, 1).toArray();
    }
}
