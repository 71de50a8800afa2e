package io.deformux.network.device;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The windows of one image after another, on a device: {@code windows.py} beside this class. It holds a slab of the image and a
 * ring of planes of sums, never the whole of either. Owns native memory, not the networks; close it. One thread.
 */
public final class WindowsOnDevice implements AutoCloseable {
    private static final int MIRRORINGS = 8;

    private final List<? extends DeviceNetwork> members;
    private final boolean flips;
    private final int[] roi;
    private final int uncovered;
    private final TorchScriptModule module;
    private final NDManager lasting;
    private final NDArray profile;
    private final List<List<NDArray>> finite = new ArrayList<>();
    private NDManager image;
    private NDArray sums;
    private NDArray covers;
    private NDArray slab;
    private int depth;
    private int firstPlane;

    /**
     * Windows for these networks.
     *
     * @param members of the same classes
     * @param roi the window's size in voxels
     * @param profile how much each voxel of a window counts
     * @param flips whether each window is predicted in its eight mirrorings
     * @param uncovered the logit of every class but the first where no window lies
     */
    public WindowsOnDevice(
            Device device,
            List<? extends DeviceNetwork> members,
            int[] roi,
            float[] profile,
            boolean flips,
            int uncovered) {
        this.members = List.copyOf(members);
        this.flips = flips;
        this.roi = roi.clone();
        this.uncovered = uncovered;
        this.module = TorchScriptModule.of(
                new TorchScriptProgram(
                        new ModuleTree("__torch__.deformux.windows_on_device.Windows", Map.of()),
                        Map.of(
                                SourceText.FOLDER + "windows_on_device.py",
                                SourceText.of(WindowsOnDevice.class, "windows.py"))),
                new Weights(Map.of()),
                device,
                Precision.FP32,
                false);
        this.lasting = module.newScope();
        this.profile = lasting.create(profile, new Shape(roi[0], roi[1], roi[2]));
        members.forEach(member -> finite.add(new ArrayList<>()));
    }

    /** What planes hold: classes. */
    public int classes() {
        return members.get(0).classes();
    }

    /** How many networks are blended. */
    public int members() {
        return members.size();
    }

    /**
     * Begins an image; what was left of the one before is forgotten.
     *
     * @param planes its size; likewise {@code h} and {@code w}
     * @param half whether sums are held in half precision
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}
     */
    public void begin(int planes, int h, int w, boolean half) {
        end();
        image = lasting.newSubManager();
        depth = planes;
        int ring = ring();
        DataType type = half ? DataType.FLOAT16 : DataType.FLOAT32;
        told(() -> {
            sums = image.zeros(new Shape(ring, (long) members() * classes(), h, w), type);
            covers = image.zeros(new Shape(ring, 1, h, w));
            return null;
        });
    }

    /** How many planes of sums are held. */
    public int ring() {
        return Math.min(depth, roi[0]);
    }

    /** The planes from which windows are cut until the next ones come: (planes, h, w) from plane {@code first} on. */
    public void slab(FloatBuffer planes, int first) {
        Shape shape = sums.getShape();
        long h = shape.get(2);
        long w = shape.get(3);
        if (slab != null) {
            slab.close();
        }
        firstPlane = first;
        slab = told(() -> image.create(planes, new Shape(planes.remaining() / (h * w), h, w), DataType.FLOAT32));
    }

    /**
     * Predicts windows and adds them up. The device may still be computing when this returns.
     *
     * @param places of each its first voxel in the image; along the first axis within the slab
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY} if nothing was added: fewer windows may do
     * @throws HalfAddedException if memory has run out later; the image has to begin anew
     */
    public void add(List<int[]> places) {
        try (NDManager scope = image.newSubManager();
                NDManager numbers = scope.newSubManager(Device.cpu())) {
            NDArray inImage = places(numbers, places, 0);
            NDArray windows = call(scope, "cut", slab, places(numbers, places, firstPlane), integers(numbers, roi));
            for (int m = 0; m < members(); m++) {
                add(scope, numbers, m, windows, inImage);
            }
        }
    }

    private void add(NDManager scope, NDManager numbers, int m, NDArray windows, NDArray places) {
        try (NDManager one = scope.newSubManager()) {
            NDArray logits = HalfAddedException.guarded(m > 0, () -> logits(one, numbers, members.get(m), windows));
            NDArray how = integers(numbers, depth, m * classes(), m == 0 ? 1 : 0);
            NDArray all = HalfAddedException.guarded(
                    true, () -> call(one, "add", sums, covers, logits, profile, places, how));
            all.attach(image);
            finite.get(m).add(all);
        }
    }

    private NDArray logits(NDManager scope, NDManager numbers, DeviceNetwork network, NDArray windows) {
        if (!flips) {
            return network.forward(attached(windows.duplicate(), scope));
        }
        Shape shape = windows.getShape();
        NDArray mean =
                told(() -> scope.zeros(new Shape(shape.get(0), classes(), shape.get(2), shape.get(3), shape.get(4))));
        for (int axes = 0; axes < MIRRORINGS; axes++) {
            try (NDManager one = scope.newSubManager()) {
                NDArray bits = integers(numbers, axes);
                NDArray logits = network.forward(call(one, "mirror", windows, bits));
                call(one, "add_mirrored", mean, logits, bits);
            }
        }
        return call(scope, "logarithms", mean);
    }

    /**
     * Fetches finished planes, which waits for the device: (planes, classes, h, w), logits of one member, of several the mean of
     * their probabilities.
     *
     * @param first the first of them in the image; they must not go over the end of the ring
     */
    public float[] finished(int first, int planes) {
        try (NDManager scope = image.newSubManager();
                NDManager numbers = scope.newSubManager(Device.cpu())) {
            NDArray how = integers(numbers, first % ring(), planes, members(), -uncovered);
            NDArray blended = call(scope, "finished", sums, covers, how);
            float[] values = new float[Math.toIntExact(blended.size())];
            told(() -> blended.toByteBuffer(true)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .get(values));
            return values;
        }
    }

    /** How many of so many planes from plane {@code first} on can be fetched at once. */
    public int straight(int first, int planes) {
        return Math.min(planes, ring() - first % ring());
    }

    /** A network whose logits were not finite since this was last asked, which waits for the device. */
    public Optional<DeviceNetwork> notFinite() {
        Optional<DeviceNetwork> found = Optional.empty();
        for (int m = 0; m < members(); m++) {
            for (NDArray each : finite.get(m)) {
                if (!each.toBooleanArray()[0]) {
                    found = Optional.of(members.get(m));
                }
                each.close();
            }
            finite.get(m).clear();
        }
        return found;
    }

    private NDArray places(NDManager scope, List<int[]> places, int from) {
        long[] all = new long[3 * places.size()];
        for (int n = 0; n < places.size(); n++) {
            for (int axis = 0; axis < 3; axis++) {
                all[3 * n + axis] = places.get(n)[axis] - (axis == 0 ? from : 0);
            }
        }
        return scope.create(all, new Shape(places.size(), 3));
    }

    private static NDArray integers(NDManager scope, int... values) {
        long[] all = new long[values.length];
        for (int n = 0; n < values.length; n++) {
            all[n] = values[n];
        }
        return scope.create(all);
    }

    private NDArray call(NDManager scope, String method, NDArray... inputs) {
        return attached(module.call(method, new NDList(inputs), false).singletonOrThrow(), scope);
    }

    private static NDArray attached(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }

    /** With PyTorch's failures as ours. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (EngineException e) {
            throw TorchScriptModule.failure(e);
        }
    }

    /** Frees what belongs to the image. */
    public void end() {
        if (image != null) {
            image.close();
            image = null;
            slab = null;
            finite.forEach(List::clear);
        }
    }

    @Override
    public void close() {
        end();
        module.close();
    }
}
