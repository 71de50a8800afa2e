/**
 * Pixel Data into samples: for each transfer syntax a {@link io.deformux.dicom.pixel.PixelDecoder}, found through
 * {@link io.deformux.dicom.pixel.PixelDecoders}, which fills one frame of a {@link io.deformux.dicom.pixel.PixelFormat}.
 *
 * <p>JPEG and JPEG 2000 frames are decoded by ImageIO plugins, behind checks of their own headers ({@code CodedFrame},
 * {@code JpegHeader}); JPEG-LS, for which there is none, by {@code JpegLsDecoder}. No frame makes a decoder reserve more
 * than the image header announced, and a damaged one ends in a {@link io.deformux.failure.JobException}.
 *
 * <p>Threads: decoders hold no state and may be shared; what reads the bits of one frame belongs to one thread. May import
 * {@code dicom.data} and {@code failure}.
 */
package io.deformux.dicom.pixel;
