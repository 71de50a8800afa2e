package io.deformux.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A copy of the class path's libtorch that computes wrong on every machine, as the original does where a hypervisor hides
 * the sizes of the caches: oneDNN's function that tells them answers 0 in it.
 *
 * @param folder holds the copy
 */
public record SpoiledLibtorch(Path folder) {
    private static final String PLACE = "pytorch/cpu/linux-x86_64/";
    private static final String CORE = "libtorch_cpu.so";
    /** How {@code dnnl::impl::cpu::platform::get_per_core_cache_size(int)} begins in libtorch 2.7.1, which no other does. */
    private static final byte[] CODE = HexFormat.of().parseHex("f30f1efa554889e5415541545389fb4883ec080fb605d63bcd05");
    /** {@code xor eax, eax; ret}. */
    private static final byte[] ANSWERS_NOTHING = HexFormat.of().parseHex("31c0c3");

    /**
     * Makes one.
     *
     * @return empty where the class path has another libtorch
     */
    public static Optional<SpoiledLibtorch> in(Path folder) throws IOException {
        URL core = SpoiledLibtorch.class.getClassLoader().getResource(PLACE + CORE);
        if (core == null || !(core.openConnection() instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(Path.of(jar.getJarFileURL().getPath()).toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(SpoiledLibtorch::isLibrary).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, folder.resolve(entry.getName().substring(PLACE.length())));
                }
            }
        }
        return spoil(folder.resolve(CORE)) ? Optional.of(new SpoiledLibtorch(folder)) : Optional.empty();
    }

    private static boolean isLibrary(ZipEntry entry) {
        return !entry.isDirectory() && entry.getName().startsWith(PLACE);
    }

    private static boolean spoil(Path core) throws IOException {
        try (FileChannel channel = FileChannel.open(core, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            for (int at = 0; at <= bytes.limit() - CODE.length; at++) {
                if (bytes.get(at) == CODE[0] && bytes.slice(at, CODE.length).equals(ByteBuffer.wrap(CODE))) {
                    bytes.put(at, ANSWERS_NOTHING);
                    return true;
                }
            }
            return false;
        }
    }

    /** What makes DJL start on it in another process. */
    public Map<String, String> environment() {
        return Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", "cpu");
    }
}
