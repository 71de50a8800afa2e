package io.deformux.dicom.net;

import io.deformux.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The programs of Debian's package dcmtk. */
public final class Dcmtk {
    private static final String HOST = "127.0.0.1";

    private Dcmtk() {}

    /** Whether they are there. */
    public static boolean installed() {
        return Programs.installed("storescu") && Programs.installed("echoscu") && Programs.installed("storescp");
    }

    /** What a program came to. */
    public record Ran(int code, String said) {}

    /** Calls a node with one of the programs, whose own options come first. */
    public static Ran call(int port, List<String> program, Path... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-aet", "SCANNER", HOST, Integer.toString(port)));
        for (Path file : files) {
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ran(process.waitFor(), said);
    }

    /** Sends folders of objects in their own transfer syntaxes, an association for each call. */
    public static Ran store(int port, Path... folders) throws IOException, InterruptedException {
        return call(port, List.of("storescu", "-R", "-aec", "DEFORMUX", "+sd", "+r"), folders);
    }

    /** A storescp that writes below a folder. */
    public record Storage(Process process, int port) implements AutoCloseable {
        /** Starts one and waits until it listens. */
        public static Storage start(Path folder, String... options) throws IOException {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of("storescp", "-aet", "PACS", "-od", folder.toString()));
            command.addAll(List.of(options));
            command.add(Integer.toString(port));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> answers(port));
            return new Storage(process, port);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nobody has. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
