package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.failure.JobException;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Runs the reader of an ImageIO plugin on one coded frame, and lets it get away with nothing. Safe for all threads. */
final class PluginReader {
    private final ImageReaderSpi plugin;

    PluginReader(ImageReaderSpi plugin) {
        this.plugin = plugin;
    }

    /**
     * Decodes into {@code samples}, without a change of colour.
     *
     * @throws JobException {@code DICOM_MALFORMED} or {@code INPUT_TRUNCATED} for whatever the plugin objects to
     */
    void read(byte[] coded, PixelFormat format, short[] samples) {
        try (CodedStream in = new CodedStream(coded)) {
            ImageReader reader = plugin.createReaderInstance(null);
            try {
                // What a reader warns of is pixels that it made up.
                WarningsAsErrors warnings = new WarningsAsErrors();
                reader.addIIOReadWarningListener(warnings);
                reader.setInput(in, true, true);
                copy(raster(reader), format, samples);
                warnings.requireNone();
            } finally {
                reader.dispose();
            }
        } catch (JobException e) {
            throw e;
        } catch (EOFException e) {
            throw CodedFrame.truncated();
        } catch (IOException | RuntimeException e) {
            // Plugins let a broken stream end in exceptions of any kind; their messages can quote it.
            throw damaged(e);
        } catch (Error e) {
            // And the JPEG 2000 plugin in a plain Error; those of the platform are other classes.
            if (e.getClass() != Error.class) {
                throw e;
            }
            throw damaged(e);
        }
    }

    private static JobException damaged(Throwable cause) {
        return new JobException(DICOM_MALFORMED, "a compressed frame is damaged", cause);
    }

    private static Raster raster(ImageReader reader) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        return reader.canReadRaster()
                ? reader.readRaster(0, param)
                : reader.read(0, param).getRaster();
    }

    private static void copy(Raster raster, PixelFormat format, short[] samples) throws IIOException {
        if (raster.getWidth() != format.columns() || raster.getHeight() != format.rows() || raster.getNumBands() != 1) {
            throw new IIOException("another image than its header announced");
        }
        int[] row = new int[format.columns()];
        for (int j = 0; j < format.rows(); j++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + j, row.length, 1, 0, row);
            for (int i = 0; i < row.length; i++) {
                samples[j * row.length + i] = (short) row[i];
            }
        }
    }

    /** Fails at its end: the JPEG 2000 plugin would take the -1 there for set bits, and never stop reading them. */
    private static final class CodedStream extends MemoryCacheImageInputStream {
        CodedStream(byte[] coded) {
            super(new ByteArrayInputStream(coded));
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value < 0) {
                throw new EOFException();
            }
            return value;
        }
    }

    private static final class WarningsAsErrors implements IIOReadWarningListener {
        private boolean warned;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            warned = true;
        }

        void requireNone() throws IIOException {
            if (warned) {
                throw new IIOException("the reader repaired the image");
            }
        }
    }
}
