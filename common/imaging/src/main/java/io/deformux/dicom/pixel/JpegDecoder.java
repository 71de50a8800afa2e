package io.deformux.dicom.pixel;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.TransferSyntax;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * JPEG (ISO/IEC 10918-1, PS3.5 section 8.2.1): the lossless process of 2 to 16 bits, and the lossy ones of 8 bits, by
 * TwelveMonkeys' plugin, which leaves the lossy ones to the JDK's own reader. The plugin does not notice a lossless scan that
 * lacks samples, so they are counted before.
 */
final class JpegDecoder implements PixelDecoder {
    private static final String JDK_PLUGIN = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

    private final int[] processes;
    private final PluginReader plugin = new PluginReader(plugin());

    /** Takes frames of these processes only; see {@link JpegHeader}. */
    JpegDecoder(int... processes) {
        this.processes = processes.clone();
    }

    @Override
    public void decode(Element pixelData, int frame, int frames, PixelFormat format, short[] samples) {
        byte[] coded = CodedFrame.wholeBytes(pixelData, frame, frames);
        JpegHeader header = JpegHeader.read(coded);
        if (Arrays.stream(processes).noneMatch(process -> process == header.process())) {
            throw JpegHeader.malformed("is coded by another process than its transfer syntax names");
        }
        header.frame().requireFits(format);
        if (header.process() != JpegHeader.LOSSLESS && header.frame().precision() != 8) {
            throw CodedFrame.unsupported(
                    "transfer syntax " + TransferSyntax.JPEG_EXTENDED.uid() + " with samples of more than 8 bits");
        }
        if (header.process() == JpegHeader.LOSSLESS) {
            new JpegLosslessScan(coded, header).requireWhole();
        }
        plugin.read(coded, format, samples);
    }

    /** The plugin finds the JDK's reader in the registry it is registered in: a private one, which it does not share. */
    private static ImageReaderSpi plugin() {
        JPEGImageReaderSpi plugin = new JPEGImageReaderSpi();
        List<Class<?>> kinds = List.of(ImageReaderSpi.class);
        ServiceRegistry registry = new ServiceRegistry(kinds.iterator());
        registry.registerServiceProvider(jdkPlugin(), ImageReaderSpi.class);
        registry.registerServiceProvider(plugin, ImageReaderSpi.class);
        return plugin;
    }

    private static ImageReaderSpi jdkPlugin() {
        Iterator<ImageReaderSpi> plugins =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (plugins.hasNext()) {
            ImageReaderSpi plugin = plugins.next();
            if (plugin.getClass().getName().equals(JDK_PLUGIN)) {
                return plugin;
            }
        }
        throw new IllegalStateException("this Java runtime has no JPEG reader: use one with all of java.desktop");
    }
}
