package io.deformux.network.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.JobException;
import io.deformux.network.gpu.DeviceMarks;
import io.deformux.network.torchscript.TorchFailure;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * The windows of one image after another, on a device. It holds a slab of the image and a ring of planes of sums, never the whole
 * of either.
 *
 * <p>Nothing here waits for the device: slabs go there and planes come back through memory that it copies from and to in its own
 * time, and only {@link FetchedPlanes} waits, for its planes. So the next windows are asked for while the device is busy with the
 * ones before, at no cost of memory there: what those have freed is taken again, and used in the order in which it was asked for.
 * Copies are in that order too. A stream of their own would let them run beside the kernels, but only PyTorch for CUDA has the
 * TorchScript that sets streams, and DJL has none.
 *
 * <p>Owns native memory, not the networks; close it. One thread.
 */
public final class WindowsOnDevice implements AutoCloseable {
    private final List<DeviceNetwork> members;
    private final int[] roi;
    private final int uncovered;
    private final DeviceMarks marks;
    private final WindowMethods methods;
    private final NDManager lasting;
    private final NDArray profile;
    private NDManager image;
    private PlaneRing ring;
    private NDArray slab;
    private int depth;
    private int firstPlane;

    /**
     * Windows for these networks; {@link JobException} as {@link TorchFailure} says.
     *
     * @param marks of that device
     * @param members of the same classes
     * @param roi the window's size in voxels
     * @param profile how much each voxel of a window counts
     * @param flips whether each window is predicted in its eight mirrorings
     * @param uncovered the logit of every class but the first where no window lies
     */
    public WindowsOnDevice(
            Device device,
            DeviceMarks marks,
            List<? extends DeviceNetwork> members,
            int[] roi,
            float[] profile,
            boolean flips,
            int uncovered) {
        this.marks = marks;
        this.roi = roi.clone();
        this.uncovered = uncovered;
        this.methods = new WindowMethods(device);
        this.members = members.stream()
                .map(member -> flips ? new MirroredNetwork(member, methods) : (DeviceNetwork) member)
                .toList();
        this.lasting = methods.newScope();
        try {
            this.profile =
                    TorchFailure.coded(() -> lasting.create(profile, new Shape(this.roi[0], this.roi[1], this.roi[2])));
        } catch (JobException e) {
            methods.close();
            throw e;
        }
    }

    /** What planes hold: classes. */
    public int classes() {
        return members.get(0).classes();
    }

    /** What fetched planes hold: a channel for each class, and of several networks one more for the mean of their entropies. */
    public static int channels(int classes, int members) {
        return members > 1 ? classes + 1 : classes;
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
        ring = TorchFailure.coded(
                () -> PlaneRing.of(methods, image, Math.min(planes, roi[0]), members(), classes(), h, w, half));
    }

    /**
     * The planes from which windows are cut until the next ones come: (planes, h, w) from plane {@code first} on.
     *
     * @param writer fills the buffer that it is given
     * @throws HalfAddedException if memory has run out; the image has to begin anew
     */
    public void slab(int first, int planes, Consumer<FloatBuffer> writer) {
        if (slab != null) {
            slab.close();
        }
        firstPlane = first;
        try (NDManager scope = image.newSubManager()) {
            slab = HalfAddedException.guarded(true, () -> {
                NDArray host = methods.onHost(scope, ring.sums(), planes, ring.h(), ring.w());
                writer.accept(WindowMethods.values(host));
                return methods.upload(image, host, ring.sums());
            });
        }
    }

    /**
     * Predicts windows and adds them up.
     *
     * @param places of each its first voxel in the image; along the first axis within the slab
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY} if nothing was added: fewer windows may do
     * @throws HalfAddedException if memory has run out later; the image has to begin anew
     */
    public void add(List<int[]> places) {
        try (NDManager scope = image.newSubManager()) {
            NDArray windows =
                    HalfAddedException.guarded(false, () -> methods.cut(scope, slab, firstPlane, places, roi));
            for (int m = 0; m < members(); m++) {
                add(scope, m, windows, places);
            }
        }
    }

    private void add(NDManager scope, int m, NDArray windows, List<int[]> places) {
        try (NDManager one = scope.newSubManager()) {
            NDArray logits = HalfAddedException.guarded(m > 0, () -> {
                NDArray images = windows.duplicate();
                images.attach(one);
                return members.get(m).forward(images);
            });
            HalfAddedException.guarded(true, () -> {
                methods.add(one, ring, logits, profile, places, depth, m);
                return null;
            });
        }
    }

    /**
     * Has finished planes blended and copied to the machine's memory; their places are empty afterwards.
     *
     * @param first the first of them in the image; they must not go over the end of the ring
     * @throws HalfAddedException if memory has run out; the image has to begin anew
     */
    public FetchedPlanes fetch(int first, int planes) {
        NDManager scope = image.newSubManager();
        try {
            return HalfAddedException.guarded(true, () -> {
                NDArray blended =
                        methods.onHost(scope, ring.sums(), planes, channels(classes(), members()), ring.h(), ring.w());
                NDArray finite = methods.onHost(scope, ring.sums(), members());
                methods.fetch(scope, ring, first % ring.planes(), uncovered, blended, finite);
                return new FetchedPlanes(scope, blended, finite, marks.set(), members);
            });
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    /** How many of so many planes from plane {@code first} on can be fetched at once. */
    public int straight(int first, int planes) {
        return Math.min(planes, ring.planes() - first % ring.planes());
    }

    /** Frees what belongs to the image. */
    public void end() {
        if (image != null) {
            image.close();
            image = null;
            slab = null;
            ring = null;
        }
    }

    @Override
    public void close() {
        end();
        methods.close();
    }
}
