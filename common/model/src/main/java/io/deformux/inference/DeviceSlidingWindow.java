package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.WindowPlan.Origin;
import io.deformux.network.ArithmeticChangedException;
import io.deformux.network.device.HalfAddedException;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.volume.Shape3;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sliding window on the device that the networks are on: cutting, mirroring, blending and the means over members happen
 * there, as {@link SlidingWindow}, {@link MirroredPredictor} and {@link MemberMean} do them on a CPU. The device holds a slab
 * of the image as high as a window and as many planes of sums. It is asked for the next windows while it predicts; finished planes
 * are fetched in between and go to the sink meanwhile. Windows are told to be done when the device is known to have computed them,
 * which is when planes that were asked for behind them have come, so about once a row.
 *
 * <p>Images have one channel. Where memory lacks it goes on with fewer windows at once, then with sums in half precision, then fails. It owns the
 * windows; close it. One thread at a time.
 */
public final class DeviceSlidingWindow implements VolumePredictor {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSlidingWindow.class);

    private final SlidingWindowSettings settings;
    private final WindowsOnDevice device;
    private final WindowsAtOnce atOnce;
    /** Voxels of a plane from which on sums in float take too much memory. */
    private long tooLargeForFloats = Long.MAX_VALUE;

    /** A window of those settings, which may run over any number of images, one after another. */
    public DeviceSlidingWindow(SlidingWindowSettings settings, WindowsOnDevice device) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.device = Objects.requireNonNull(device, "device");
        this.atOnce = new WindowsAtOnce(settings.windowBatch());
    }

    /**
     * Bytes of the machine's memory, beside Java's heap, that blended values of such an image may wait in for the sink.
     *
     * @param members how many networks are blended
     */
    public static long waitingBytes(int classes, int members, Shape3 image) {
        return FinishedPlanes.waitingBytes(WindowsOnDevice.channels(classes, members), image);
    }

    @Override
    public void run(float[] image, Shape3 shape, VolumeSink sink, WindowProgress progress) {
        if (image.length != shape.voxels()) {
            throw new IllegalArgumentException(image.length + " values for an image of " + shape);
        }
        ImageContent content = new ImageContent(image, shape, settings.roi());
        WindowPlan plan = new WindowPlan(shape, settings.roi(), settings.overlap());
        ComputedWindows computed = new ComputedWindows(progress, plan.count());
        try (FinishedPlanes finished = new FinishedPlanes(device, sink, content, computed)) {
            begin(shape);
            run(plan, content, finished);
        } catch (HalfAddedException e) {
            lessAtOnce(shape, (JobException) e.getCause());
            throw new ArithmeticChangedException(e.getMessage());
        } finally {
            device.end();
        }
    }

    private void begin(Shape3 shape) {
        long area = (long) shape.h() * shape.w();
        try {
            device.begin(shape.d(), shape.h(), shape.w(), area >= tooLargeForFloats);
        } catch (JobException e) {
            halve(area, e);
            device.begin(shape.d(), shape.h(), shape.w(), true);
        }
    }

    private void lessAtOnce(Shape3 shape, JobException e) {
        if (atOnce.windows() > 1) {
            atOnce.lessThan(atOnce.windows(), e);
        } else {
            halve((long) shape.h() * shape.w(), e);
        }
    }

    /** After memory has not sufficed with sums in float; throws what it was if they are not. */
    private void halve(long area, JobException e) {
        if (e.code() != FailureCode.DEVICE_OUT_OF_MEMORY || area >= tooLargeForFloats) {
            throw e;
        }
        tooLargeForFloats = area;
        LOG.warn("the device has too little memory for sums in float, going on in half precision");
    }

    private void run(WindowPlan plan, ImageContent content, FinishedPlanes finished) {
        Shape3 shape = content.shape();
        WindowRow row = new WindowRow(device, atOnce);
        int total = plan.count();
        for (int n = 0; n < total; n++) {
            Origin origin = plan.origin(n);
            if (n == 0 || origin.i() != plan.origin(n - 1).i()) {
                load(content, origin.i());
                finished.before(Math.max(origin.i(), 0), n);
            }
            if (!(settings.skipEmptyWindows() && content.isEmpty(origin))) {
                row.add(origin);
            }
            if (row.isFull() || n == total - 1 || plan.origin(n + 1).i() != origin.i()) {
                predict(row, shape);
                finished.deliverSome();
            }
        }
        finished.before(shape.d(), total);
        finished.deliver();
    }

    /** Brings the planes to the device that lie under the windows which begin at plane {@code i}, which may be before the image. */
    private void load(ImageContent content, int i) {
        Shape3 shape = content.shape();
        int first = Math.max(i, 0);
        int planes = Math.min(i + settings.roi().d(), shape.d()) - first;
        device.slab(first, planes, buffer -> buffer.put(content.image(), shape.index(first, 0, 0), buffer.remaining()));
    }

    private void predict(WindowRow row, Shape3 shape) {
        try {
            row.predict();
        } catch (JobException e) {
            halve((long) shape.h() * shape.w(), e);
            throw new ArithmeticChangedException(e.getMessage());
        }
    }

    @Override
    public void close() {
        device.close();
    }
}
