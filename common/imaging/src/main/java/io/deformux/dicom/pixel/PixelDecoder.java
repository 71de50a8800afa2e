package io.deformux.dicom.pixel;

import io.deformux.dicom.data.Element;

/** Brings the Pixel Data of one transfer syntax to samples. Implementations hold no state. */
public interface PixelDecoder {

    /**
     * Decodes one frame.
     *
     * @param pixelData the element: bytes for a native syntax, fragments for an encapsulated one
     * @param frame from 0
     * @param frames how many frames the element holds
     * @param format the layout of each frame
     * @param samples receives {@code format.samples()} samples as allocated, row by row; {@link PixelFormat#value}
     *     makes stored values of them
     * @throws io.deformux.failure.JobException {@code DICOM_MALFORMED} or {@code INPUT_TRUNCATED} if the element does
     *     not hold the frame
     */
    void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples);
}
