package io.deformux.network.checkpoint;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * Reads the weights in a file that comes from anywhere, without running anything of it: a checkpoint of PyTorch (plain
 * state dict, or one inside a dictionary), a TorchScript archive, or a safetensors file. The content tells which.
 *
 * <p>Memory stays below about six times the size of the file: the values as float, and one storage at a time.
 */
public final class CheckpointReader {
    private static final int ZIP = 0x04034b50;
    private static final int PICKLE_PROTOCOL = 0x80;

    private CheckpointReader() {}

    /**
     * Reads a file.
     *
     * @throws JobException INPUT_NOT_FOUND, STORAGE_UNAVAILABLE if it cannot be read, or MODEL_INVALID with the reason
     */
    public static Checkpoint read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no weights file at the given path");
        }
        try {
            return readAny(file);
        } catch (EOFException e) {
            throw CheckpointRefusal.because("it ends early; copy or save it again");
        } catch (ZipException e) {
            throw CheckpointRefusal.because("its ZIP directory is damaged; copy or save it again");
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the weights file cannot be read", e);
        }
    }

    private static Checkpoint readAny(Path file) throws IOException {
        ByteBuffer start;
        try (FileChannel channel = FileChannel.open(file)) {
            start = FileRange.read(channel, 0, Safetensors.START_BYTES);
        }
        if (start.getInt(0) == ZIP) {
            return TorchZip.read(file);
        }
        if (start.get(Safetensors.START_BYTES - 1) == '{') {
            return SafetensorsReader.read(file);
        }
        CheckpointRefusal.unless(
                (start.get(0) & 0xff) == PICKLE_PROTOCOL,
                "it is no PyTorch checkpoint, TorchScript archive or safetensors file");
        return TorchLegacy.read(file);
    }
}
