package io.deformux.transform;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.volume.Geometry;
import io.deformux.volume.Resampler;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A scan into network input: resample to the preset's spacing, orient to the preset's axes (RAS+ by default), scale the
 * intensities, crop to what is foreground (MONAI 0.9: Spacingd, Orientationd, ScaleIntensityRanged, CropForegroundd).
 *
 * <p>The resampled values are computed twice, once to find the box and once to fill it: that is cheaper than keeping
 * them, so beside the scan only the cropped image is held. Works on all cores; safe to share between threads.
 */
public final class Preprocessing {
    private final Preset preset;
    private final long maxVoxels;

    /**
     * The preprocessing of {@code preset}.
     *
     * @param maxVoxels the largest resampled grid to allow; at most what one Java array holds is used
     */
    public Preprocessing(Preset preset, long maxVoxels) {
        this.preset = preset;
        this.maxVoxels = Math.min(maxVoxels, Integer.MAX_VALUE - 8L);
    }

    /**
     * Prepares one scan of one channel.
     *
     * @throws JobException {@link FailureCode#INPUT_TOO_LARGE} before anything is allocated, if the resampled grid would
     *     be too large
     */
    public Preprocessed apply(Volume scan) {
        return apply(List.of(scan));
    }

    /**
     * Prepares one scan: each channel by its own scale, cropped to what is foreground in any of them.
     *
     * @param scan the channels in the preset's order, all on one grid
     * @throws JobException {@link FailureCode#INPUT_TOO_LARGE} before anything is allocated, if the resampled grid or the
     *     image would be too large
     */
    public Preprocessed apply(List<Volume> scan) {
        if (scan.size() != preset.channels().size()) {
            throw new IllegalArgumentException(scan.size() + " channels for a preset of "
                    + preset.channels().size());
        }
        Grids grids = grids(scan.get(0).geometry());
        List<Resampler> resamplers = scan.stream().map(grids::resampler).toList();
        List<IntensityScale> scales = IntStream.range(0, scan.size())
                .mapToObj(c -> preset.channels().get(c).intensity().of(scan.get(c)))
                .toList();
        Optional<Foreground> foreground = IntStream.range(0, scan.size())
                .mapToObj(c -> foregroundBox(resamplers.get(c), scales.get(c)))
                .flatMap(Optional::stream)
                .reduce(CropBox::union)
                .map(stored -> new Foreground(
                        grids.orientation().apply(stored, grids.resampled().shape()),
                        orientedImage(resamplers, scales, stored, grids.orientation())));
        return new Preprocessed(grids, foreground);
    }

    /** Where the values of a scan on that grid will lie. */
    public Grids grids(Geometry source) {
        List<Double> spacing = preset.axes().stored(preset.spacing(), source.affine());
        Geometry resampled = spacing.isEmpty() ? source : Spacing.resampled(source, spacing, maxVoxels);
        Orientation orientation = preset.axes().from(resampled.affine());
        return new Grids(
                source, resampled, Spacing.hardlyDiffer(source, resampled), orientation, orientation.apply(resampled));
    }

    /** The box of the foreground, in stored axes. */
    private static Optional<CropBox> foregroundBox(Resampler resampler, IntensityScale scale) {
        Shape3 shape = resampler.target().shape();
        return IntStream.range(0, shape.d())
                .parallel()
                .mapToObj(i -> {
                    float[] plane = new float[shape.h() * shape.w()];
                    resampler.plane(i, plane);
                    return foregroundBox(i, plane, shape, scale);
                })
                .filter(Objects::nonNull)
                .reduce(CropBox::union);
    }

    private static CropBox foregroundBox(int i, float[] plane, Shape3 shape, IntensityScale scale) {
        int top = -1;
        int bottom = -1;
        int left = shape.w();
        int right = -1;
        for (int j = 0; j < shape.h(); j++) {
            int row = j * shape.w();
            int first = 0;
            while (first < shape.w() && !scale.isForeground(plane[row + first])) {
                first++;
            }
            if (first < shape.w()) {
                int last = shape.w() - 1;
                while (!scale.isForeground(plane[row + last])) {
                    last--;
                }
                top = top < 0 ? j : top;
                bottom = j;
                left = Math.min(left, first);
                right = Math.max(right, last);
            }
        }
        return top < 0 ? null : new CropBox(i, top, left, new Shape3(1, bottom - top + 1, right - left + 1));
    }

    /** The scaled intensities of a box given in stored axes, in oriented axes, channel by channel. */
    private static float[] orientedImage(
            List<Resampler> resamplers, List<IntensityScale> scales, CropBox stored, Orientation orientation) {
        long values = resamplers.size() * stored.shape().voxels();
        if (values > Integer.MAX_VALUE - 8L) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "the image would have " + values + " values in " + resamplers.size() + " channels");
        }
        float[] image = new float[(int) values];
        for (int c = 0; c < resamplers.size(); c++) {
            int first = c * stored.shape().length();
            orient(resamplers.get(c), scales.get(c), stored, orientation, image, first);
        }
        return image;
    }

    private static void orient(
            Resampler resampler,
            IntensityScale scale,
            CropBox stored,
            Orientation orientation,
            float[] image,
            int channel) {
        Shape3 oriented = orientation.apply(stored.shape());
        int[] strides = {oriented.h() * oriented.w(), oriented.w(), 1};
        int[] step = new int[3];
        int origin = channel;
        for (int ras = 0; ras < 3; ras++) {
            step[orientation.storedAxis(ras)] = orientation.flipped(ras) ? -strides[ras] : strides[ras];
            origin += orientation.flipped(ras) ? (oriented.axis(ras) - 1) * strides[ras] : 0;
        }
        int first = origin;
        Shape3 shape = resampler.target().shape();
        IntStream.range(0, stored.shape().d()).parallel().forEach(i -> {
            float[] plane = new float[shape.h() * shape.w()];
            resampler.plane(stored.d() + i, plane);
            for (int j = 0; j < stored.shape().h(); j++) {
                int from = (stored.h() + j) * shape.w() + stored.w();
                int to = first + i * step[0] + j * step[1];
                for (int k = 0; k < stored.shape().w(); k++) {
                    image[to + k * step[2]] = scale.scale(plane[from + k]);
                }
            }
        });
    }
}
