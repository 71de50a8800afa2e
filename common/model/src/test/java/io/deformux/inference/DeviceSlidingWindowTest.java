package io.deformux.inference;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.ArithmeticChangedException;
import io.deformux.network.device.DeviceNetwork;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.network.gpu.DeviceMarks;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The window on a device gives what the one in Java's memory gives; here the device is the CPU. */
class DeviceSlidingWindowTest {
    private static final int CLASSES = 3;
    private static final Shape3 SHAPE = new Shape3(9, 7, 8);
    private static final SlidingWindowSettings SETTINGS =
            new SlidingWindowSettings(new Shape3(4, 5, 3), 0.5, Blending.GAUSSIAN, 0.125, 4, false);

    /** A network whose logits depend on the values, on the place in the window and on the class. */
    private static class Sloped implements DeviceNetwork, WindowPredictor {
        private final float factor;
        private int rejected;

        Sloped(float factor) {
            this.factor = factor;
        }

        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public NDArray forward(NDArray images) {
            Shape shape = images.getShape();
            NDManager scope = images.getManager();
            long voxels = shape.get(2) * shape.get(3) * shape.get(4);
            NDArray places =
                    scope.arange(0f, voxels).mul(0.01f).reshape(1, 1, shape.get(2), shape.get(3), shape.get(4));
            NDList classes = new NDList();
            for (int c = 0; c < CLASSES; c++) {
                classes.add(images.mul(factor * (c + 1)).add(places.mul(c - 1)));
            }
            return classes.get(0).getNDArrayInternal().concat(classes.subNDList(1), 1);
        }

        @Override
        public void reject() {
            rejected++;
            throw new ArithmeticChangedException("not finite");
        }

        @Override
        public void predict(FloatBuffer windows, int batch, Shape3 roi, Consumer<FloatBuffer> logits) {
            int voxels = roi.length();
            FloatBuffer out = FloatBuffer.allocate(batch * CLASSES * voxels);
            for (int b = 0; b < batch; b++) {
                for (int c = 0; c < CLASSES; c++) {
                    for (int v = 0; v < voxels; v++) {
                        out.put(factor * (c + 1) * windows.get(b * voxels + v) + 0.01f * v * (c - 1));
                    }
                }
            }
            logits.accept(out.flip());
        }
    }

    /** One whose device has memory for so many windows. */
    private static final class Narrow extends Sloped {
        private final int windows;
        private final List<Integer> batches = new ArrayList<>();

        Narrow(int windows) {
            super(1);
            this.windows = windows;
        }

        @Override
        public NDArray forward(NDArray images) {
            int batch = (int) images.getShape().get(0);
            batches.add(batch);
            if (batch > windows) {
                throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "too little");
            }
            return super.forward(images);
        }
    }

    /** Marks that say when they are set and when each is first waited for. */
    private static final class KeptMarks implements DeviceMarks {
        private final List<String> asked;
        private int held;
        private int mostHeld;

        KeptMarks(List<String> asked) {
            this.asked = asked;
        }

        @Override
        public Mark set() {
            asked.add("fetch");
            mostHeld = Math.max(mostHeld, ++held);
            return new Mark() {
                private boolean passed;

                @Override
                public void await() {
                    if (!passed) {
                        asked.add("wait");
                        passed = true;
                    }
                }

                @Override
                public void close() {
                    held--;
                }
            };
        }
    }

    @Property(tries = 60)
    void agreesWithTheWindowInJava(
            @ForAll("settings") SlidingWindowSettings settings,
            @ForAll("images") Shape3 shape,
            @ForAll("members") int members,
            @ForAll boolean flips,
            @ForAll long seed) {
        List<Sloped> networks = new ArrayList<>();
        List<WindowPredictor> predictors = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            Sloped network = new Sloped(1 - 2f * m);
            networks.add(network);
            predictors.add(flips ? new MirroredPredictor(network) : network);
        }
        float[] image = sparseImage(shape, new Random(seed));
        VolumePredictor twin = members == 1
                ? new SlidingWindow(settings, predictors.get(0))
                : new EnsembleWindow(settings, new EnsemblePredictor(predictors));
        try (DeviceSlidingWindow window = on(settings, networks, flips)) {
            Collected got = run(window, image, shape);
            Collected expected = run(twin, image, shape);
            assertThat(got.ofEnsemble()).isEqualTo(members > 1);
            assertThatArray(got.values()).isCloseTo(expected.values(), 1e-4);
            assertThatArray(got.entropies()).isCloseTo(expected.entropies(), 1e-4);
        }
    }

    @Example
    void goesOnWithFewerWindowsWhereMemoryLacks() {
        float[] image = sparseImage(SHAPE, new Random(2));
        Narrow network = new Narrow(2);
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false)) {
            float[] expected = collect(new SlidingWindow(SETTINGS, new Sloped(1)), image, SHAPE);
            assertThatArray(collect(window, image, SHAPE)).isCloseTo(expected, 1e-5);
            assertThat(network.batches).startsWith(4, 2).doesNotContain(1);
            network.batches.clear();
            assertThatArray(collect(window, image, SHAPE)).isCloseTo(expected, 1e-5);
            assertThat(network.batches).doesNotContain(4);
        }
    }

    @Example
    void thenWithSumsInHalfPrecisionAndThenFails() {
        float[] image = sparseImage(SHAPE, new Random(3));
        Narrow network = new Narrow(0);
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false)) {
            assertThatExceptionOfType(ArithmeticChangedException.class).isThrownBy(() -> collect(window, image, SHAPE));
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> collect(window, image, SHAPE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
        }
    }

    @Example
    void beginsAnewWhereMemoryLacksBetweenTwoMembersAndEndsIfItAlwaysDoes() {
        float[] image = sparseImage(SHAPE, new Random(3));
        List<Sloped> members = List.of(new Sloped(1), new Narrow(0));
        try (DeviceSlidingWindow window = on(SETTINGS, members, false)) {
            for (int fewer = 0; fewer < 3; fewer++) {
                assertThatExceptionOfType(ArithmeticChangedException.class)
                        .isThrownBy(() -> collect(window, image, SHAPE));
            }
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> collect(window, image, SHAPE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
        }
    }

    @Example
    void sumsInHalfPrecisionAreNearThoseInFloat() {
        float[] image = sparseImage(SHAPE, new Random(3));
        Sloped network = new Sloped(1) {
            private int calls;

            @Override
            public NDArray forward(NDArray images) {
                if (calls++ < 3) {
                    throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "too little");
                }
                return super.forward(images);
            }
        };
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false)) {
            assertThatExceptionOfType(ArithmeticChangedException.class).isThrownBy(() -> collect(window, image, SHAPE));
            float[] expected = collect(new SlidingWindow(SETTINGS, network), image, SHAPE);
            float[] half = collect(window, image, SHAPE);
            assertThatArray(half).isCloseTo(expected, 1e-2).isNotEqualTo(expected);
        }
    }

    @Example
    void aMemberThatGivesNoNumbersIsRejected() {
        float[] image = sparseImage(SHAPE, new Random(4));
        Sloped wrong = new Sloped(Float.NaN);
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(new Sloped(1), wrong), false)) {
            assertThatExceptionOfType(ArithmeticChangedException.class).isThrownBy(() -> collect(window, image, SHAPE));
            assertThat(wrong.rejected).isEqualTo(1);
        }
    }

    @Example
    void anImageThatHoldsNoNumbersIsNotTheNetworksFault() {
        float[] image = sparseImage(SHAPE, new Random(4));
        image[17] = Float.NaN;
        Sloped network = new Sloped(1);
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false)) {
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> collect(window, image, SHAPE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.NETWORK_FAILED));
            assertThat(network.rejected).isZero();
        }
    }

    /** Three calls a row of windows, and four rows; of the planes of the last one two runs, since they go over the ring's end. */
    @Example
    void theDeviceIsAskedForTheNextWindowsBeforeFinishedPlanesAreWaitedFor() {
        List<String> asked = new ArrayList<>();
        Sloped network = new Sloped(1) {
            @Override
            public NDArray forward(NDArray images) {
                asked.add("windows");
                return super.forward(images);
            }
        };
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false, new KeptMarks(asked))) {
            collect(window, sparseImage(SHAPE, new Random(5)), SHAPE);
        }
        List<String> row = List.of("windows", "windows", "windows");
        List<String> rowWhileFetched = List.of("fetch", "windows", "wait", "windows", "windows");
        List<String> rest = List.of("fetch", "fetch", "wait", "wait");
        assertThat(asked)
                .isEqualTo(Stream.of(row, rowWhileFetched, rowWhileFetched, rowWhileFetched, rest)
                        .flatMap(List::stream)
                        .toList());
    }

    @Example
    void noMoreFinishedPlanesWaitThanAreAllowedTo() {
        KeptMarks marks = new KeptMarks(new ArrayList<>());
        Collected delivered = new Collected(SHAPE, CLASSES);
        try (WindowsOnDevice device = windows(SETTINGS, List.of(new Sloped(1)), false, marks)) {
            device.begin(SHAPE.d(), SHAPE.h(), SHAPE.w(), false);
            ImageContent content = new ImageContent(new float[SHAPE.length()], SHAPE, SETTINGS.roi());
            int three = 3 * CLASSES * SHAPE.h() * SHAPE.w();
            try (FinishedPlanes finished = new FinishedPlanes(
                    device, delivered, content, new ComputedWindows(WindowProgress.NONE, 1), 1, three)) {
                finished.before(7, 1);
                assertThat(delivered.planes()).isEqualTo(4);
                assertThat(marks.held).isEqualTo(3);
                finished.deliverSome();
                assertThat(delivered.planes()).isEqualTo(5);
            }
            assertThat(marks.held).isZero();
            assertThat(marks.mostHeld).isEqualTo(3);
        }
    }

    @Example
    void stopsWhenItsThreadIsInterrupted() {
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(new Sloped(1)), false)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> collect(window, new float[SHAPE.length()], SHAPE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.JOB_CANCELLED));
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** Windows that were asked for tell nothing of the device: before it is waited for, none is told to be done. */
    @Example
    void windowsAreToldWhenTheDeviceHasComputedThem() {
        List<String> heard = new ArrayList<>();
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(new Sloped(1)), false, new KeptMarks(heard))) {
            window.run(
                    sparseImage(SHAPE, new Random(5)),
                    SHAPE,
                    new Collected(SHAPE, CLASSES),
                    (done, total) -> heard.add(done + " of " + total));
        }
        List<String> told = heard.stream().filter(word -> !word.equals("fetch")).toList();
        assertThat(told)
                .containsExactly(
                        "wait", "12 of 48", "wait", "24 of 48", "wait", "36 of 48", "wait", "48 of 48", "wait");
    }

    @Example
    void aLackOfMemoryThatPyTorchTellsOutsideOfTheNetworkGoesOnWithLess() {
        float[] image = sparseImage(SHAPE, new Random(3));
        int[] calls = new int[1];
        Sloped network = new Sloped(1) {
            @Override
            public NDArray forward(NDArray images) {
                if (calls[0]++ == 0) {
                    throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
                }
                return super.forward(images);
            }
        };
        try (DeviceSlidingWindow window = on(SETTINGS, List.of(network), false)) {
            float[] expected = collect(new SlidingWindow(SETTINGS, new Sloped(1)), image, SHAPE);
            assertThatArray(collect(window, image, SHAPE)).isCloseTo(expected, 1e-5);
        }
    }

    @Example
    void memoryThatLacksForAMarkIsToldAsALackOfMemory() {
        DeviceMarks full = () -> {
            throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "cuEventCreate gave status 2");
        };
        SlidingWindowSettings one = new SlidingWindowSettings(SETTINGS.roi(), 0.5, Blending.GAUSSIAN, 0.125, 1, false);
        try (DeviceSlidingWindow window = on(one, List.of(new Sloped(1)), false, full)) {
            assertThatExceptionOfType(ArithmeticChangedException.class)
                    .isThrownBy(() -> collect(window, new float[SHAPE.length()], SHAPE));
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> collect(window, new float[SHAPE.length()], SHAPE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
        }
    }

    @Example
    void aDeviceThatFailsIsToldAndLeavesNoPlanesBehind() {
        List<DeviceMarks.Mark> left = new ArrayList<>();
        DeviceMarks failing = () -> {
            DeviceMarks.Mark mark = new DeviceMarks.Mark() {
                @Override
                public void await() {
                    throw new JobException(FailureCode.DEVICE_FAILED, "cuEventSynchronize gave status 700");
                }

                @Override
                public void close() {
                    left.remove(this);
                    throw new JobException(FailureCode.DEVICE_FAILED, "cuEventDestroy_v2 gave status 700");
                }
            };
            left.add(mark);
            return mark;
        };
        try (WindowsOnDevice device = windows(SETTINGS, List.of(new Sloped(1)), false, failing)) {
            device.begin(SHAPE.d(), SHAPE.h(), SHAPE.w(), false);
            ImageContent content = new ImageContent(new float[SHAPE.length()], SHAPE, SETTINGS.roi());
            FinishedPlanes finished = new FinishedPlanes(
                    device,
                    new Collected(SHAPE, CLASSES),
                    content,
                    new ComputedWindows(WindowProgress.NONE, 1),
                    1,
                    Long.MAX_VALUE);
            finished.before(4, 1);
            assertThat(left).hasSize(4);
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(finished::deliverSome)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_FAILED));
            assertThatExceptionOfType(JobException.class).isThrownBy(finished::close);
            assertThat(left).isEmpty();
        }
    }

    private static DeviceSlidingWindow on(
            SlidingWindowSettings settings, List<? extends DeviceNetwork> networks, boolean flips) {
        return on(settings, networks, flips, DeviceMarks.of(Device.cpu()));
    }

    private static DeviceSlidingWindow on(
            SlidingWindowSettings settings, List<? extends DeviceNetwork> networks, boolean flips, DeviceMarks marks) {
        return new DeviceSlidingWindow(settings, windows(settings, networks, flips, marks));
    }

    private static WindowsOnDevice windows(
            SlidingWindowSettings settings, List<? extends DeviceNetwork> networks, boolean flips, DeviceMarks marks) {
        Shape3 roi = settings.roi();
        return new WindowsOnDevice(
                Device.cpu(),
                marks,
                networks,
                new int[] {roi.d(), roi.h(), roi.w()},
                settings.blending().weights(roi, settings.sigmaScale()),
                flips,
                (int) SlidingWindow.SKIPPED_LOGIT);
    }

    private static float[] collect(VolumePredictor window, float[] image, Shape3 shape) {
        return run(window, image, shape).values();
    }

    private static Collected run(VolumePredictor window, float[] image, Shape3 shape) {
        Collected collected = new Collected(shape, CLASSES);
        window.run(image, shape, collected, WindowProgress.NONE);
        return collected;
    }

    /** Mostly 0, so that some windows are empty. */
    private static float[] sparseImage(Shape3 shape, Random random) {
        float[] image = new float[shape.length()];
        for (int n = 0; n < image.length; n++) {
            image[n] = random.nextInt(20) == 0 ? random.nextFloat() : 0;
        }
        return image;
    }

    @Provide
    Arbitrary<SlidingWindowSettings> settings() {
        return Combinators.combine(
                        shapes(6),
                        Arbitraries.doubles().between(0, 0.9),
                        Arbitraries.of(Blending.class),
                        Arbitraries.doubles().between(0.05, 0.5),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.of(true, false))
                .as(SlidingWindowSettings::new);
    }

    @Provide
    Arbitrary<Shape3> images() {
        return shapes(11);
    }

    @Provide
    Arbitrary<Integer> members() {
        return Arbitraries.integers().between(1, 3);
    }

    private static Arbitrary<Shape3> shapes(int largest) {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, largest);
        return Combinators.combine(size, size, size).as(Shape3::new);
    }
}
