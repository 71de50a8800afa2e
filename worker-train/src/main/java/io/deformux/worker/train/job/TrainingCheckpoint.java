package io.deformux.worker.train.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything a training needs to go on as if it had never stopped. The random state is the seed, which the training's
 * identity covers, and the number of losses: every batch follows from these two.
 *
 * <p>The file: the text {@code DFUXCKP1}, a JSON object with the identity and the history, the tensors (name, shape,
 * values, first and second moments as float32), and the SHA-256 of all that; big endian.
 *
 * @param identity what the checkpoint belongs to, as {@link FoldIdentity} says it
 * @param losses of every step done
 * @param validations so far
 * @param best the digest of the network that validated best; empty before the first validation, and in files of older
 *     versions
 * @param weights the parameters
 * @param firstMoments AdamW's m per parameter
 * @param secondMoments AdamW's v per parameter
 * @param seconds spent in the steps so far; 0 in files of older versions
 */
record TrainingCheckpoint(
        String identity,
        List<Double> losses,
        List<ValidationScore> validations,
        Optional<String> best,
        Weights weights,
        Map<String, float[]> firstMoments,
        Map<String, float[]> secondMoments,
        double seconds) {
    private static final String MAGIC = "DFUXCKP1";
    private static final int DIGEST_BYTES = 32;
    private static final int BUFFER = 1 << 16;
    private static final int MOST_AXES = 8;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Header(
            String identity,
            List<Double> losses,
            List<ValidationScore> validations,
            String best,
            int tensors,
            double seconds) {
        boolean isWhole() {
            return identity != null
                    && isWhole(losses)
                    && isWhole(validations)
                    && (best == null || SHA_256.matcher(best).matches());
        }

        private static boolean isWhole(List<?> values) {
            return values != null && values.stream().allMatch(Objects::nonNull);
        }
    }

    /** Writes and forces a new file. */
    void write(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            BufferedOutputStream raw = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            MessageDigest digest = sha256();
            DataOutputStream out = new DataOutputStream(new DigestOutputStream(raw, digest));
            out.writeUTF(MAGIC);
            byte[] header = JSON.writeValueAsBytes(new Header(
                    identity,
                    losses,
                    validations,
                    best.orElse(null),
                    weights.tensors().size(),
                    seconds));
            out.writeInt(header.length);
            out.write(header);
            for (Map.Entry<String, Tensor> entry : weights.tensors().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().shape().length);
                for (int size : entry.getValue().shape()) {
                    out.writeInt(size);
                }
                out.write(bytes(entry.getValue().values()));
                // What training gathers and does not learn has no moments: zeros keep the form.
                float[] none = new float[entry.getValue().values().length];
                out.write(bytes(firstMoments.getOrDefault(entry.getKey(), none)));
                out.write(bytes(secondMoments.getOrDefault(entry.getKey(), none)));
            }
            out.flush();
            raw.write(digest.digest());
            raw.flush();
            channel.force(true);
        }
    }

    /**
     * Reads a file.
     *
     * @throws JobException CHECKPOINT_INVALID if a byte of it changed
     */
    static TrainingCheckpoint read(Path file) {
        MessageDigest digest = sha256();
        try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            verify(file, raw, digest);
        } catch (IOException e) {
            throw damaged(e);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            return read(in, Files.size(file));
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Reads all but the digest once, before any of it is believed. */
    private static void verify(Path file, BufferedInputStream raw, MessageDigest digest) throws IOException {
        long content = Files.size(file) - DIGEST_BYTES;
        DigestInputStream in = new DigestInputStream(raw, digest);
        byte[] buffer = new byte[BUFFER];
        while (content > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, content));
            if (n < 0) {
                throw new IOException("shorter than its size");
            }
            content -= n;
        }
        if (!Arrays.equals(digest.digest(), raw.readNBytes(DIGEST_BYTES))) {
            throw new IOException("the digest differs");
        }
    }

    /** No count is believed that more bytes would belong to than the file has. */
    private static TrainingCheckpoint read(DataInputStream in, long size) throws IOException {
        if (!in.readUTF().equals(MAGIC)) {
            throw new IOException("no checkpoint");
        }
        Header header = JSON.readValue(in.readNBytes(count(in, size)), Header.class);
        if (header == null || !header.isWhole()) {
            throw new IOException("its header lacks something");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, float[]> first = new LinkedHashMap<>();
        Map<String, float[]> second = new LinkedHashMap<>();
        for (int n = 0; n < header.tensors(); n++) {
            String name = in.readUTF();
            int[] shape = new int[count(in, MOST_AXES)];
            int count = 1;
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = count(in, size / Float.BYTES / Math.max(1, count));
                count *= shape[axis];
            }
            tensors.put(name, new Tensor(shape, floats(in, count)));
            first.put(name, floats(in, count));
            second.put(name, floats(in, count));
        }
        return new TrainingCheckpoint(
                header.identity(),
                header.losses(),
                header.validations(),
                Optional.ofNullable(header.best()),
                new Weights(tensors),
                first,
                second,
                header.seconds());
    }

    private static int count(DataInputStream in, long most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a count cannot be " + count);
        }
        return count;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        byte[] bytes = new byte[Math.multiplyExact(count, Float.BYTES)];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static JobException damaged(IOException cause) {
        return new JobException(
                FailureCode.CHECKPOINT_INVALID,
                "the training checkpoint is damaged (" + cause.getMessage() + "): delete it to start the fold anew",
                cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
