package io.deformux.dicom;

import io.deformux.failure.JobException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decodes slices. A file of one image is read when that is asked for; the Pixel Data of a multi-frame object is read
 * once, at the start, since its frames may be wanted in any order. Safe for all threads.
 */
final class SliceSamples {
    private final Map<ImageFile, Element> multiFrame;
    private final PixelDecoders decoders;
    private final int maxFileBytes;

    /** Samples of these slices; reads what they share. */
    SliceSamples(List<Slice> slices, PixelDecoders decoders, int maxFileBytes) {
        this.decoders = decoders;
        this.maxFileBytes = maxFileBytes;
        this.multiFrame = slices.stream()
                .map(Slice::image)
                .filter(image -> image.frames() > 1)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), image -> image.pixelData(maxFileBytes)));
    }

    /** Decodes the samples, row by row, into an array of {@code format().samples()}. */
    void decode(Slice slice, short[] samples) {
        ImageFile image = slice.image();
        Element loaded = multiFrame.get(image);
        Element pixelData = loaded != null ? loaded : image.pixelData(maxFileBytes);
        try {
            decoders.of(image.syntax()).decode(pixelData, slice.frame(), image.frames(), image.format(), samples);
        } catch (JobException e) {
            throw image.file().failure(e);
        }
    }
}
