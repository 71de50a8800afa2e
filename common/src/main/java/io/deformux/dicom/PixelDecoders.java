package io.deformux.dicom;

import java.util.Map;

/** Which decoder serves which transfer syntax. Immutable. */
public final class PixelDecoders {
    private final Map<String, PixelDecoder> byUid;

    /** Decoders by transfer syntax UID. */
    public PixelDecoders(Map<String, PixelDecoder> byUid) {
        this.byUid = Map.copyOf(byUid);
    }

    /** The native syntaxes and RLE Lossless. */
    public static PixelDecoders standard() {
        PixelDecoder plain = new NativeDecoder();
        return new PixelDecoders(Map.of(
                TransferSyntax.IMPLICIT_LITTLE.uid(), plain,
                TransferSyntax.EXPLICIT_LITTLE.uid(), plain,
                TransferSyntax.EXPLICIT_BIG.uid(), plain,
                TransferSyntax.DEFLATED.uid(), plain,
                TransferSyntax.RLE.uid(), new RleDecoder()));
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
