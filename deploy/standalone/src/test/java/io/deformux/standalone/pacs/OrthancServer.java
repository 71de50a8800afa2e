package io.deformux.standalone.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Orthanc with its DICOMweb plugin on free ports and a folder of its own. */
final class OrthancServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private final int http = freePort();
    private final int dicom = freePort();
    private final Process process;

    OrthancServer(Path folder) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("orthanc.json"),
                """
                {"StorageDirectory": "FOLDER", "IndexDirectory": "FOLDER", "HttpPort": HTTP, "DicomPort": DIMSE,
                 "DicomAet": "ORTHANC", "AuthenticationEnabled": false, "StableAge": 2, "Plugins": ["PLUGIN"]}
                """
                        .replace("FOLDER", folder.resolve("orthanc").toString())
                        .replace("HTTP", "" + http)
                        .replace("DIMSE", "" + dicom)
                        .replace("PLUGIN", PLUGIN.toString()));
        process = new ProcessBuilder(PROGRAM.toString(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers(http) && answers(dicom));
    }

    /** Whether Debian's packages orthanc, orthanc-dicomweb, dcmtk and dicom3tools are there. */
    static boolean installed() {
        return Files.isExecutable(PROGRAM)
                && Files.exists(PLUGIN)
                && Files.exists(Path.of("/usr/bin/storescu"))
                && Files.exists(Path.of("/usr/bin/dciodvfy"));
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + http);
    }

    URI dicomWeb() {
        return URI.create("dicomweb://127.0.0.1:" + http + "/dicom-web");
    }

    /** Sends a folder of DICOM files as a modality does. */
    void send(Path folder) throws IOException, InterruptedException {
        Process storescu = new ProcessBuilder(
                        List.of("storescu", "-aec", "ORTHANC", "+sd", "127.0.0.1", "" + dicom, folder.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(storescu.getInputStream().readAllBytes());
        assertThat(storescu.waitFor()).as(output).isZero();
    }

    private boolean answers(int port) {
        assertThat(process.isAlive()).as("Orthanc runs").isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
