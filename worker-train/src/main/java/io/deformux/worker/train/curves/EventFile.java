package io.deformux.worker.train.curves;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One event file of TensorBoard: TFRecords (length, masked CRC-32C of it, data, masked CRC-32C of that) of {@code Event}
 * messages, as TensorFlow's {@code event.proto} and {@code summary.proto} number their fields. Every event is written
 * through, so a killed process leaves whole records. One thread; close it.
 */
final class EventFile implements AutoCloseable {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    /** Added to a rotated checksum so that checksums of data with checksums in it stay strong (TFRecord). */
    private static final int MASK_DELTA = 0xa282ead8;

    private final OutputStream out;
    private final Clock clock;

    private EventFile(OutputStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * Begins a new file in a folder.
     *
     * @param step where this run goes on: TensorBoard drops what earlier files say from there on
     */
    static EventFile begin(Path folder, int step, Clock clock) {
        try {
            OutputStream out =
                    Files.newOutputStream(free(folder, clock.millis() / 1000), StandardOpenOption.CREATE_NEW);
            EventFile file = new EventFile(out, clock);
            file.write(file.event(step).text(EVENT_FILE_VERSION, "brain.Event:2"));
            file.write(file.event(step)
                    .message(EVENT_SESSION_LOG, new ProtoMessage().integer(SESSION_STATUS, SESSION_START)));
            return file;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Files are read in the order of their names; a run that begins in the same second comes after. */
    private static Path free(Path folder, long second) {
        for (long number = second; ; number++) {
            Path file = folder.resolve("events.out.tfevents.%010d.deformux".formatted(number));
            if (Files.notExists(file)) {
                return file;
            }
        }
    }

    /** Writes the values of one step, by curve. */
    void scalars(int step, Map<String, Double> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, value) -> summary.message(
                SUMMARY_VALUE, new ProtoMessage().text(VALUE_TAG, tag).single(VALUE_SIMPLE, value.floatValue())));
        try {
            write(event(step).message(EVENT_SUMMARY, summary));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ProtoMessage event(int step) {
        return new ProtoMessage().real(EVENT_WALL_TIME, clock.millis() / 1000.0).integer(EVENT_STEP, step);
    }

    private void write(ProtoMessage event) throws IOException {
        byte[] data = event.bytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        out.write(ByteBuffer.allocate(length.length + data.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedChecksum(length))
                .put(data)
                .putInt(maskedChecksum(data))
                .array());
    }

    static int maskedChecksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static JobException failed(IOException e) {
        return new JobException(
                DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the training's curves cannot be written: " + e, e);
    }
}
