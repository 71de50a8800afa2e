package io.deformux.network.torchscript;

import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript archives, the format of {@code torch.jit.save}: a ZIP whose entries are stored, not compressed,
 * so that the weights can be mapped into memory.
 *
 * <p>Inside one folder: {@code data.pkl} (the modules and their attributes), {@code code/} (their classes as text),
 * {@code data/N} (the bytes of tensor N, little endian, at a multiple of 64 bytes), {@code constants.pkl} (none),
 * {@code byteorder} and {@code version}. Version 10 is what PyTorch has written since 1.12 and the oldest that means
 * today's operators without rewriting them on load. The same weights always give the same bytes.
 */
public final class TorchScriptArchive {
    private static final String FOLDER = "deformux/";
    private static final String VERSION = "10\n";
    private static final int ALIGNMENT = 64;
    /** Length of a ZIP local file header without name and extra field (PKWARE APPNOTE 4.3.7). */
    private static final int LOCAL_HEADER = 30;
    /** The extra field that PyTorch uses for padding: the letters "FB", then its length. */
    private static final int EXTRA_HEADER = 4;

    /** Any time will do; the very first that ZIP knows would make Java add a second time stamp of its own. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;
    private long position;

    private TorchScriptArchive(OutputStream out) {
        this.zip = new ZipOutputStream(out);
    }

    /**
     * Writes a program.
     *
     * @param file replaced if it exists
     * @throws IllegalArgumentException if the weights do not fit
     */
    public static void write(Path file, TorchScriptProgram program, Weights weights, Precision precision)
            throws IOException {
        write(file, program, weights, precision, WeightLayout.IN_ORDER);
    }

    /** The same with weights that lie otherwise. */
    static void write(Path file, TorchScriptProgram program, Weights weights, Precision precision, WeightLayout layout)
            throws IOException {
        program.root().requireFit(weights);
        ModuleClasses classes = new ModuleClasses(program.root());
        write(file, program, classes, new ModulePickle(classes, new StoredTensors(weights, precision, layout)));
    }

    /** Writes a program whose tensors have sizes and take no memory: all values are 0. */
    static void writeSizes(Path file, TorchScriptProgram program) throws IOException {
        ModuleClasses classes = new ModuleClasses(program.root());
        write(file, program, classes, new ModulePickle(classes, new SizesAlone()));
    }

    private static void write(Path file, TorchScriptProgram program, ModuleClasses classes, ModulePickle modules)
            throws IOException {
        modules.write(program.root());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            TorchScriptArchive archive = new TorchScriptArchive(out);
            archive.entry("data.pkl", modules.bytes());
            for (Map.Entry<String, String> text :
                    classes.text(program.methods()).entrySet()) {
                archive.entry(text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, Supplier<byte[]>> storage :
                    modules.storages().entrySet()) {
                archive.entry("data/" + storage.getKey(), storage.getValue().get());
            }
            archive.entry("constants.pkl", new PickleWriter().emptyTuple().bytes());
            archive.entry("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            archive.entry("version", VERSION.getBytes(StandardCharsets.US_ASCII));
            archive.zip.finish();
        }
    }

    private void entry(String name, byte[] content) throws IOException {
        byte[] fullName = (FOLDER + name).getBytes(StandardCharsets.UTF_8);
        long unpadded = position + LOCAL_HEADER + fullName.length + EXTRA_HEADER;
        int padding = (int) Math.floorMod(-unpadded, (long) ALIGNMENT);
        ByteBuffer extra = ByteBuffer.allocate(EXTRA_HEADER + padding).order(ByteOrder.LITTLE_ENDIAN);
        extra.put((byte) 'F').put((byte) 'B').putShort((short) padding);

        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        entry.setExtra(extra.array());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
        position = unpadded + padding + content.length;
    }
}
