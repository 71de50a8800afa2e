package io.deformux.inference;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlidingWindowTest {
    private static final Shape3 ROI = new Shape3(4, 4, 4);
    private static final Shape3 SHAPE = new Shape3(11, 6, 3);
    private static final PlaneSink NOWHERE = (plane, logits) -> {};

    @ParameterizedTest
    @EnumSource(Blending.class)
    void aNetworkThatReturnsItsInputGivesTheImageBack(Blending blending) {
        float[] image = ramp(SHAPE);
        SlidingWindow window =
                new SlidingWindow(new SlidingWindowSettings(ROI, 0.5, blending, 0.125, 3, false), new Identity());
        float[] back = SlidingWindowOracleTest.collect(window, 1, image, SHAPE);
        for (int n = 0; n < image.length; n++) {
            assertThat((double) back[n]).isCloseTo(image[n], within(1e-4));
        }
    }

    /** What the network gives is the first channel and ten times the second. */
    @Test
    void cutsWindowsFromEachChannelInTurn() {
        WindowPredictor sum = new WindowPredictor() {
            @Override
            public int classes() {
                return 1;
            }

            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                FloatBuffer output = FloatBuffer.allocate(batch * roi.length());
                for (int n = 0; n < output.capacity(); n++) {
                    int at = n / roi.length() * 2 * roi.length() + n % roi.length();
                    output.put(n, windows.get(at) + 10 * windows.get(at + roi.length()));
                }
                logits.accept(output);
            }
        };
        float[] first = ramp(SHAPE);
        float[] image = Arrays.copyOf(first, 2 * first.length);
        for (int n = 0; n < first.length; n++) {
            image[first.length + n] = 1 - first[n];
        }
        float[] back = SlidingWindowOracleTest.collect(new SlidingWindow(constant(3, false), sum), 1, image, SHAPE);
        for (int n = 0; n < first.length; n++) {
            assertThat((double) back[n]).isCloseTo(first[n] + 10 * (1 - first[n]), within(1e-4));
        }
    }

    /** A window is empty only if it is in all channels. */
    @Test
    void skipsOnlyWindowsThatAreEmptyInAllChannels() {
        float[] image = new float[2 * SHAPE.length()];
        image[image.length - 1] = 1;
        ImageContent content = new ImageContent(image, SHAPE, ROI);
        assertThat(content.isEmpty(new WindowPlan.Origin(7, 2, -1))).isFalse();
        assertThat(content.isEmpty(new WindowPlan.Origin(0, 0, -1))).isTrue();
    }

    @Test
    void givesThePlanesInOrderWithoutGaps() {
        List<Integer> planes = new ArrayList<>();
        new SlidingWindow(constant(2, false), new Identity())
                .run(ramp(SHAPE), SHAPE, (plane, logits) -> planes.add(plane), WindowProgress.NONE);
        assertThat(planes)
                .containsExactlyElementsOf(IntStream.range(0, SHAPE.d()).boxed().toList());
    }

    @Test
    void givesAPlaneAwayBeforeWindowsThatCannotTouchItRun() {
        // Starts along axis 0 are 0, 2, 4, 6, 7 with two windows each: planes 0 and 1 are final once a window at 2 is
        // added, so the fifth window (start 4) runs with planes 0 and 1 given away.
        List<Integer> given = new ArrayList<>();
        List<Integer> givenBeforeWindow = new ArrayList<>();
        Identity identity = new Identity();
        WindowPredictor watching = new WindowPredictor() {
            @Override
            public int classes() {
                return 1;
            }

            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                givenBeforeWindow.add(given.size());
                identity.predict(windows, batch, roi, logits);
            }
        };
        new SlidingWindow(constant(1, false), watching)
                .run(ramp(SHAPE), SHAPE, (plane, logits) -> given.add(plane), WindowProgress.NONE);
        assertThat(givenBeforeWindow).containsExactly(0, 0, 0, 2, 2, 4, 4, 6, 6, 7);
        assertThat(given).hasSize(11);
    }

    @Test
    void holdsNoMorePlanesThanAWindowOrTheImageHas() {
        float[] weights = new float[ROI.length()];
        assertThat(new RollingBlend(new Shape3(100_000, 2, 2), 3, 1, ROI, weights, NOWHERE).planes())
                .isEqualTo(4);
        assertThat(new RollingBlend(new Shape3(3, 2, 2), 3, 1, ROI, weights, NOWHERE).planes())
                .isEqualTo(3);
    }

    @Test
    void handsTheNetworkADirectBufferOfTheWindowsAlone() {
        List<Integer> batches = new ArrayList<>();
        new SlidingWindow(constant(3, false), new Identity() {
                    @Override
                    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                        assertThat(windows.isDirect()).isTrue();
                        assertThat(windows.order()).isEqualTo(ByteOrder.nativeOrder());
                        assertThat(windows.position()).isZero();
                        assertThat(windows.remaining()).isEqualTo(batch * roi.length());
                        batches.add(batch);
                        super.predict(windows, batch, roi, logits);
                    }
                })
                .run(ramp(SHAPE), SHAPE, NOWHERE, WindowProgress.NONE);
        assertThat(batches).containsExactly(3, 3, 3, 1);
    }

    @Test
    void goesOnWindowByWindowWhenTheDeviceHasTooLittleMemoryForABatch() {
        List<Integer> batches = new ArrayList<>();
        SlidingWindow window = new SlidingWindow(constant(4, false), new Identity() {
            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                batches.add(batch);
                if (batch > 1) {
                    throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "too many");
                }
                super.predict(windows, batch, roi, logits);
            }
        });
        float[] image = ramp(SHAPE);
        assertThatArray(SlidingWindowOracleTest.collect(window, 1, image, SHAPE))
                .isEqualTo(image);
        assertThat(batches).startsWith(4, 1).hasSize(11).containsOnlyOnce(4);
    }

    @Test
    void failsWhenTheDeviceHasTooLittleMemoryForOneWindow() {
        SlidingWindow window = new SlidingWindow(constant(4, false), new Identity() {
            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "too many");
            }
        });
        assertThatThrownBy(() -> window.run(ramp(SHAPE), SHAPE, NOWHERE, WindowProgress.NONE))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
    }

    @Test
    void reportsProgressUpToThePlannedNumberOfWindows() {
        List<Integer> done = new ArrayList<>();
        SlidingWindow window = new SlidingWindow(constant(4, false), new Identity());
        window.run(ramp(SHAPE), SHAPE, NOWHERE, (windows, total) -> {
            assertThat(total).isEqualTo(window.plan(SHAPE).count());
            done.add(windows);
        });
        assertThat(done).containsExactly(4, 8, 10);
    }

    @Test
    void stopsBetweenWindowsWhenInterrupted() {
        int[] predicted = new int[1];
        SlidingWindow window = new SlidingWindow(constant(1, false), new Identity() {
            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                super.predict(windows, batch, roi, logits);
                if (++predicted[0] == 3) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThatThrownBy(() -> window.run(ramp(SHAPE), SHAPE, NOWHERE, WindowProgress.NONE))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.JOB_CANCELLED));
        assertThat(predicted[0]).isEqualTo(3);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void runsEmptyWindowsUnlessToldOtherwise() {
        assertThat(predictedWindows(false)).isEqualTo(3);
        assertThat(predictedWindows(true)).isEqualTo(1);
    }

    @Test
    void countsSkippedWindowsAsDone() {
        List<Integer> done = new ArrayList<>();
        new SlidingWindow(constant(2, true), new Identity())
                .run(new float[8 * 16], new Shape3(8, 4, 4), NOWHERE, (windows, total) -> done.add(windows));
        assertThat(done).containsExactly(3);
    }

    @Test
    void putsBackgroundWhereOnlySkippedWindowsLieAndLeavesThemOutOfTheBlendElsewhere() {
        // Along axis 0 windows start at 0, 2 and 4; only the first sees the one voxel that is not 0. The network
        // answers 5 and 7 everywhere; planes 2 and 3 also lie in skipped windows, which must not pull them down.
        Shape3 shape = new Shape3(8, 4, 4);
        float[] image = new float[shape.length()];
        image[0] = 1;
        WindowPredictor fiveAndSeven = new WindowPredictor() {
            @Override
            public int classes() {
                return 2;
            }

            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                FloatBuffer out = FloatBuffer.allocate(batch * 2 * roi.length());
                while (out.hasRemaining()) {
                    out.put(out.position() / roi.length() % 2 == 0 ? 5 : 7);
                }
                logits.accept(out.flip());
            }
        };
        float[] result =
                SlidingWindowOracleTest.collect(new SlidingWindow(constant(1, true), fiveAndSeven), 2, image, shape);
        for (int plane = 0; plane < 8; plane++) {
            assertThat(result[plane * 16]).isEqualTo(plane < 4 ? 5 : 0);
            assertThat(result[shape.length() + plane * 16]).isEqualTo(plane < 4 ? 7 : SlidingWindow.SKIPPED_LOGIT);
        }
    }

    @Test
    void refusesANetworkThatAnswersWithTheWrongSizeOrNotAtAll() {
        SlidingWindow wrongSize = new SlidingWindow(constant(1, false), new Identity() {
            @Override
            public int classes() {
                return 2;
            }
        });
        SlidingWindow silent = new SlidingWindow(constant(1, false), new Identity() {
            @Override
            public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {}
        });
        for (SlidingWindow window : List.of(wrongSize, silent)) {
            assertThatThrownBy(() -> window.run(ramp(SHAPE), SHAPE, NOWHERE, WindowProgress.NONE))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NETWORK_FAILED));
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        for (double overlap : new double[] {-0.1, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SlidingWindowSettings(ROI, overlap, Blending.CONSTANT, 0.125, 1, false))
                    .withMessageContaining("overlap");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlidingWindowSettings(ROI, 0, Blending.CONSTANT, 0, 1, false))
                .withMessageContaining("sigma");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlidingWindowSettings(ROI, 0, Blending.CONSTANT, 0.125, 0, false))
                .withMessageContaining("window");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SlidingWindowSettings(new Shape3(512, 512, 512), 0, Blending.CONSTANT, 0.125, 4, false))
                .withMessageContaining("2 GiB");
    }

    private static int predictedWindows(boolean skipEmptyWindows) {
        Shape3 shape = new Shape3(8, 4, 4);
        float[] image = new float[shape.length()];
        image[0] = 1;
        int[] predicted = new int[1];
        new SlidingWindow(constant(2, skipEmptyWindows), new Identity() {
                    @Override
                    public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
                        predicted[0] += batch;
                        super.predict(windows, batch, roi, logits);
                    }
                })
                .run(image, shape, NOWHERE, WindowProgress.NONE);
        return predicted[0];
    }

    private static SlidingWindowSettings constant(int windowBatch, boolean skipEmptyWindows) {
        return new SlidingWindowSettings(
                ROI, 0.5, Blending.CONSTANT, SlidingWindowSettings.SIGMA_SCALE, windowBatch, skipEmptyWindows);
    }

    private static float[] ramp(Shape3 shape) {
        float[] values = new float[shape.length()];
        for (int n = 0; n < values.length; n++) {
            values[n] = 1 + n;
        }
        return values;
    }

    /** One class: the input. */
    private static class Identity implements WindowPredictor {
        @Override
        public int classes() {
            return 1;
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            logits.accept(windows);
        }
    }
}
