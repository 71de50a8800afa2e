package io.deformux.node;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.net.InstanceReceiver;
import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances that arrive, into the folder of a node. One is answered with success when it is on the disk, whole, and its
 * header is what the command said of it. For all threads.
 */
final class StoredInstances implements InstanceReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(StoredInstances.class);
    /** So much of the disk stays free. */
    private static final long LEAST_FREE = 256L << 20;
    /** After so many bytes of an instance the disk is looked at again. */
    private static final long LOOK_BYTES = 16L << 20;

    private static final int BUFFER = 1 << 16;

    private final SeriesStore store;
    private final long mostBytes;
    private final Disk disk;

    /** What is looked at while instances arrive. */
    interface Disk {
        /** Bytes that it still has. */
        long free() throws IOException;
    }

    /**
     * A receiver.
     *
     * @param mostBytes larger instances are refused
     */
    StoredInstances(SeriesStore store, long mostBytes) {
        this(store, mostBytes, store::free);
    }

    StoredInstances(SeriesStore store, long mostBytes, Disk disk) {
        this.store = store;
        this.mostBytes = mostBytes;
        this.disk = disk;
    }

    @Override
    public Delivery open() {
        SeriesHolds.Hold hold = store.hold();
        return new Delivery() {
            @Override
            public Arriving begin(String sopClass, String sopInstance, String transferSyntax) {
                return new ArrivingFile(sopClass, sopInstance, transferSyntax, hold);
            }

            @Override
            public void close() {
                hold.close();
            }
        };
    }

    /** What does not fit or cannot be written is read to its end all the same, and answered then. */
    private final class ArrivingFile implements Arriving {
        private final String sopClass;
        private final String sopInstance;
        private final SeriesHolds.Hold hold;
        private Path file;
        private FileChannel channel;
        private OutputStream out;
        private long bytes;
        private long lookedAt;
        private boolean full;

        ArrivingFile(String sopClass, String sopInstance, String transferSyntax, SeriesHolds.Hold hold) {
            this.sopClass = sopClass;
            this.sopInstance = sopInstance;
            this.hold = hold;
            try {
                requireRoom();
                file = store.arriving();
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
                out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                DicomFileWriter.writeStart(out, sopClass, sopInstance, transferSyntax);
            } catch (IOException e) {
                refuse(e);
            }
        }

        private void requireRoom() throws IOException {
            if (disk.free() < LEAST_FREE) {
                throw new IOException("the disk is nearly full");
            }
            lookedAt = bytes;
        }

        private void refuse(IOException e) {
            full = true;
            LOG.warn("An instance is refused: {}", e.getMessage());
        }

        @Override
        public void take(byte[] fragment) {
            bytes += fragment.length;
            if (full) {
                return;
            }
            try {
                if (bytes > mostBytes) {
                    throw new IOException("it has more than " + mostBytes + " bytes");
                }
                if (bytes - lookedAt >= LOOK_BYTES) {
                    requireRoom();
                }
                out.write(fragment);
            } catch (IOException e) {
                refuse(e);
            }
        }

        @Override
        public int end() {
            if (full) {
                return OUT_OF_RESOURCES;
            }
            try {
                out.flush();
                channel.force(false);
                out.close();
                return keep();
            } catch (IOException e) {
                refuse(e);
                return OUT_OF_RESOURCES;
            }
        }

        private int keep() throws IOException {
            String series;
            try (DicomFile dicom = DicomFile.open(file, Long.MAX_VALUE).orElseThrow()) {
                DataSet header = dicom.header();
                header.uid(Tag.STUDY_INSTANCE_UID);
                series = header.uid(Tag.SERIES_INSTANCE_UID);
                if (!header.uid(Tag.SOP_CLASS_UID).equals(sopClass)
                        || !header.uid(Tag.SOP_INSTANCE_UID).equals(sopInstance)) {
                    return DOES_NOT_MATCH;
                }
            } catch (JobException e) {
                LOG.warn("An instance is refused: {} {}", e.code(), e.getMessage());
                return e.code().failureClass() == FailureClass.BAD_JOB ? NOT_UNDERSTOOD : OUT_OF_RESOURCES;
            }
            store.keep(file, series, sopInstance, hold);
            return SUCCESS;
        }

        @Override
        public void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOG.debug("What arrived could not be deleted", e);
            }
        }
    }
}
