package io.deformux.network.gpu;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the kernels' text on the CPU, compiled by the C++ compiler at hand: {@code host.cpp} beside this class. A library for each
 * number of channels has kernels of the same names, so they are hidden: the loader would take those of the first for all.
 */
public final class HostLauncher implements KernelLauncher {
    private static final String COMPILER = "g++";

    private final Path folder;
    private final Map<String, NativeLibrary> libraries = new HashMap<>();

    /** Keeps what it compiles in a folder, and takes what is there. */
    public HostLauncher(Path folder) {
        this.folder = folder;
    }

    /** Whether there is a compiler. */
    public static boolean available() {
        return Tool.isThere(COMPILER);
    }

    @Override
    public void launch(int bits, int channels, String kernel, LaunchGrid grid, Object... arguments) {
        NativeLibrary library =
                libraries.computeIfAbsent(bits + "x" + channels, maps -> compiled(maps, bits, channels));
        KernelArguments values = new KernelArguments(arguments);
        int status;
        try {
            status = library.getFunction("host_launch")
                    .invokeInt(new Object[] {kernel, grid.blocks(), grid.rows(), grid.threads(), values.pointer()});
        } finally {
            Reference.reachabilityFence(values);
        }
        if (status != 0) {
            throw new GpuException("there is no kernel " + kernel + " for " + grid);
        }
    }

    private NativeLibrary compiled(String maps, int bits, int channels) {
        try (InputStream host = HostLauncher.class.getResourceAsStream("host.cpp")) {
            Path text = Files.writeString(folder.resolve("kernels.cu"), KernelText.text());
            Path main = folder.resolve("host.cpp");
            Files.write(main, host.readAllBytes());
            Path library = folder.resolve("libkernels" + maps + ".so");
            if (Files.exists(library)) {
                return NativeLibrary.getInstance(library.toString());
            }
            List<String> command = new ArrayList<>(List.of(
                    COMPILER, "-O1", "-U_FORTIFY_SOURCE", "-std=c++17", "-shared", "-fPIC", "-fvisibility=hidden"));
            command.addAll(KernelText.macros(bits, channels));
            command.addAll(List.of("-DKERNELS=\"" + text + "\"", main.toString(), "-o", library.toString()));
            Tool.run(command);
            return NativeLibrary.getInstance(library.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        libraries.values().forEach(NativeLibrary::close);
    }

    /** A program of this machine. */
    static final class Tool {
        private static final long SECONDS = 120;

        private Tool() {}

        static boolean isThere(String program) {
            try {
                run(List.of(program, "--version"));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        static void run(List<String> command) throws IOException {
            Path log = Files.createTempFile("tool", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IOException(command.get(0) + " failed: " + Files.readString(log));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            } finally {
                Files.delete(log);
            }
        }
    }
}
