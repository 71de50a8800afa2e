package io.deformux.dicom.pixel;

import static java.util.Map.entry;

import io.deformux.dicom.data.TransferSyntax;
import java.util.Map;
import java.util.Set;

/** Which decoder serves which transfer syntax. Immutable. */
public final class PixelDecoders {
    private final Map<String, PixelDecoder> byUid;

    /** Decoders by transfer syntax UID. */
    public PixelDecoders(Map<String, PixelDecoder> byUid) {
        this.byUid = Map.copyOf(byUid);
    }

    /** The native syntaxes, RLE Lossless, JPEG, JPEG-LS and JPEG 2000. */
    public static PixelDecoders standard() {
        PixelDecoder plain = new NativeDecoder();
        PixelDecoder lossy = new JpegDecoder(JpegHeader.BASELINE, JpegHeader.EXTENDED);
        PixelDecoder lossless = new JpegDecoder(JpegHeader.LOSSLESS);
        PixelDecoder wavelets = new Jpeg2000Decoder();
        PixelDecoder ls = new JpegLsDecoder();
        return new PixelDecoders(Map.ofEntries(
                entry(TransferSyntax.IMPLICIT_LITTLE.uid(), plain),
                entry(TransferSyntax.EXPLICIT_LITTLE.uid(), plain),
                entry(TransferSyntax.EXPLICIT_BIG.uid(), plain),
                entry(TransferSyntax.DEFLATED.uid(), plain),
                entry(TransferSyntax.RLE.uid(), new RleDecoder()),
                entry(TransferSyntax.JPEG_BASELINE.uid(), lossy),
                entry(TransferSyntax.JPEG_EXTENDED.uid(), lossy),
                entry(TransferSyntax.JPEG_LOSSLESS.uid(), lossless),
                entry(TransferSyntax.JPEG_LOSSLESS_SV1.uid(), lossless),
                entry(TransferSyntax.JPEG_LS.uid(), ls),
                entry(TransferSyntax.JPEG_LS_NEAR.uid(), ls),
                entry(TransferSyntax.JPEG_2000_LOSSLESS.uid(), wavelets),
                entry(TransferSyntax.JPEG_2000.uid(), wavelets)));
    }

    /** The UIDs of the transfer syntaxes that are decoded. */
    public Set<String> syntaxes() {
        return byUid.keySet();
    }

    /**
     * The decoder for a syntax.
     *
     * @throws io.deformux.failure.JobException {@code DICOM_TRANSFER_SYNTAX_UNSUPPORTED}, naming the UID
     */
    public PixelDecoder of(TransferSyntax syntax) {
        PixelDecoder decoder = byUid.get(syntax.uid());
        if (decoder == null) {
            throw TransferSyntax.unsupported(syntax.uid());
        }
        return decoder;
    }
}
