package io.deformux.dicom.series.voxel;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.dicom.pixel.PixelDecoder;
import io.deformux.dicom.pixel.PixelDecoders;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.ImageFile;
import io.deformux.dicom.series.slice.Slice;
import io.deformux.failure.JobException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decodes slices. A file of one image is read when that is asked for; the Pixel Data of a multi-frame object is read
 * once, at the start, since its frames may be wanted in any order; frames that nobody wants count in the limit on voxels
 * too. Safe for all threads.
 */
public final class SliceSamples {
    private final Map<ImageFile, Element> shared;
    private final PixelDecoders decoders;
    private final int maxFileBytes;

    /**
     * Samples of these slices; reads what they share.
     *
     * @throws JobException {@code INPUT_TOO_LARGE} if that has more voxels than a volume may have
     */
    public SliceSamples(List<Slice> slices, PixelDecoders decoders, DicomLimits limits) {
        this.decoders = decoders;
        this.maxFileBytes = limits.maxFileBytes();
        Set<ImageFile> images = slices.stream()
                .map(Slice::image)
                .filter(image -> image.frames() > 1 || image.mosaic().isPresent())
                .collect(Collectors.toSet());
        long voxels = images.stream()
                .mapToLong(image -> image.format().samples() * image.frames())
                .sum();
        if (voxels > limits.maxVoxels()) {
            throw new JobException(
                    INPUT_TOO_LARGE,
                    "the multi-frame objects of this volume have " + voxels
                            + " voxels, frames of other volumes included, more than the " + limits.maxVoxels()
                            + " allowed: store its frames in objects of their own");
        }
        this.shared =
                images.stream().collect(Collectors.toMap(Function.identity(), image -> image.pixelData(maxFileBytes)));
    }

    /** Decodes the samples, row by row, into an array of {@code slice.format().samples()}. */
    public void decode(Slice slice, short[] samples) {
        ImageFile image = slice.image();
        Element loaded = shared.get(image);
        Element pixelData = loaded != null ? loaded : image.pixelData(maxFileBytes);
        // Samples that are not compressed are told by their element, whatever the transfer syntax says.
        PixelDecoder decoder =
                decoders.of(pixelData instanceof Element.Bytes ? TransferSyntax.EXPLICIT_LITTLE : image.syntax());
        try {
            if (slice.tile().isEmpty()) {
                decoder.decode(pixelData, slice.frame(), image.frames(), image.format(), samples);
                return;
            }
            short[] whole = new short[(int) image.format().samples()];
            decoder.decode(pixelData, slice.frame(), image.frames(), image.format(), whole);
            image.mosaic().orElseThrow().cut(whole, image.format(), slice.tile().getAsInt(), slice.format(), samples);
        } catch (JobException e) {
            throw image.file().failure(e);
        }
    }
}
