package io.deformux.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real Orthanc with its DICOMweb plugin, as Debian packages them, under the settings that the project ships
 * ({@code deploy/orthanc/orthanc.json}) but for its folder, its ports and its one user.
 */
public final class OrthancServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");
    private static final String SETTINGS = "deploy/orthanc/orthanc.json";
    private static final String USER = "worker";
    private static final String PASSWORD = "geheim";

    private final int http = freePort();
    private final int dicom = freePort();
    private final Path password;
    private final Process process;

    /** Starts an Orthanc that keeps everything below {@code folder}, and waits until it answers. */
    public OrthancServer(Path folder) throws IOException {
        password = Files.writeString(folder.resolve("orthanc-password"), PASSWORD);
        Path settings = Files.writeString(
                folder.resolve("orthanc.json"),
                settings(folder.resolve("orthanc")).toString());
        process = new ProcessBuilder(PROGRAM.toString(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers(http) && answers(dicom));
    }

    private ObjectNode settings(Path storage) throws IOException {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve(SETTINGS))) {
            up = up.getParent();
        }
        ObjectNode settings =
                (ObjectNode) new ObjectMapper().readTree(up.resolve(SETTINGS).toFile());
        settings.put("StorageDirectory", storage.toString())
                .put("IndexDirectory", storage.toString())
                .put("HttpPort", http)
                .put("DicomPort", dicom)
                .put("StableAge", 2)
                .putObject("RegisteredUsers")
                .put(USER, PASSWORD);
        return settings;
    }

    /** Whether Debian's packages orthanc, orthanc-dicomweb, dcmtk and dicom3tools are there. */
    public static boolean installed() {
        return Files.isExecutable(PROGRAM)
                && Files.exists(PLUGIN)
                && Files.exists(Path.of("/usr/bin/storescu"))
                && Files.exists(Path.of("/usr/bin/dciodvfy"));
    }

    /** Of its REST API. */
    public URI root() {
        return URI.create("http://127.0.0.1:" + http);
    }

    /** Of its DICOMweb service, as a reference. */
    public URI dicomWeb() {
        return URI.create("dicomweb://127.0.0.1:" + http + "/dicom-web");
    }

    /** Where it takes DICOM objects. */
    public int dicomPort() {
        return dicom;
    }

    /** Its one user, as {@code user:password}. */
    public String credentials() {
        return USER + ":" + PASSWORD;
    }

    /** That user's name. */
    public String user() {
        return USER;
    }

    /** A file with that user's password; to be changed by tests of refusals. */
    public Path password() {
        return password;
    }

    /** Sends a folder of DICOM files as a modality does. */
    public void send(Path folder) throws IOException, InterruptedException {
        // The SOP classes of the files alone are proposed: not all that there are fit into one association.
        Process storescu = new ProcessBuilder(
                        List.of("storescu", "-R", "-aec", "ORTHANC", "+sd", "127.0.0.1", "" + dicom, folder.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(storescu.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(storescu.waitFor()).as(output).isZero();
    }

    /** What its API gives for a path. */
    public byte[] get(String path) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(root() + path)).header("Accept", "*/*"));
    }

    /** What its API answers when {@code body} is posted to a path. */
    public byte[] post(String path, String body) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(root() + path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static byte[] call(HttpRequest.Builder request) throws IOException, InterruptedException {
        // Said at once: asked for it, Orthanc may close the connection on which the answer goes.
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest known = request.header("Authorization", "Basic " + login).build();
        return HttpClient.newHttpClient()
                .send(known, BodyHandlers.ofByteArray())
                .body();
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
