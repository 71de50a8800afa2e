package io.deformux.dicom.pixel;

import io.deformux.dicom.data.Element;

/**
 * JPEG-LS, lossless and near-lossless (ISO/IEC 14495-1, PS3.5 section 8.2.3): one component, not interleaved, without
 * restart intervals, mapping tables or a point transform.
 */
final class JpegLsDecoder implements PixelDecoder {
    private static final int PRESET_PARAMETERS = 0xf8;

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        byte[] coded = CodedFrame.wholeBytes(pixelData, frame, frames);
        JpegHeader header = JpegHeader.read(coded);
        if (header.process() != JpegHeader.LS) {
            throw JpegHeader.malformed("is not JPEG-LS, against its transfer syntax");
        }
        header.frame().requireFits(format);
        Integer restart = header.segments().get(JpegHeader.RESTART_INTERVAL);
        if (restart != null && CodedFrame.number(coded, restart, 2) != 0) {
            throw CodedFrame.unsupported("JPEG-LS with restart intervals");
        }
        JpegLsScan scan = new JpegLsScan(parameters(coded, header), new JpegLsBits(coded, header.scan()));
        scan.decode(format.rows(), format.columns(), samples);
    }

    /** From the scan header (section C.2.3) and the preset parameters (section C.2.4.1.1). */
    private static JpegLsParameters parameters(byte[] coded, JpegHeader header) {
        int scan = header.segments().get(JpegHeader.START_OF_SCAN);
        boolean oneComponent = CodedFrame.number(coded, scan, 1) == 1;
        boolean mapped = oneComponent && CodedFrame.number(coded, scan + 2, 1) != 0;
        int near = (int) CodedFrame.number(coded, scan + 3, 1);
        if (!oneComponent || CodedFrame.number(coded, scan + 4, 2) != 0) {
            throw JpegHeader.malformed("has an interleaved or shifted scan");
        }
        Integer preset = header.segments().get(PRESET_PARAMETERS);
        if (mapped || preset != null && CodedFrame.number(coded, preset, 1) != 1) {
            throw CodedFrame.unsupported("JPEG-LS with mapping tables or oversize dimensions");
        }
        int[] given = new int[5];
        for (int n = 0; preset != null && n < given.length; n++) {
            given[n] = (int) CodedFrame.number(coded, preset + 1 + 2 * n, 2);
        }
        return JpegLsParameters.of(header.frame().precision(), near, given);
    }
}
