package io.deformux.standalone;

import io.deformux.standalone.Composed.Mount;
import io.deformux.standalone.Composed.Service;
import io.deformux.testing.server.OrthancServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * This machine in the place of the containers: addresses, folders and secrets are this machine's, all else is as the services
 * have it. The page listens on loopback, so whoever asks may look, and only publishing needs its token.
 */
final class ComposedMachine {
    /** The page's. */
    static final String TOKEN = "a-token-of-the-composed-page";

    private final Path root;
    private final Path folder;
    private final Map<String, String> replaced = new LinkedHashMap<>();

    /**
     * A machine.
     *
     * @param root of the checkout
     * @param folder an empty one for logs, settings and secrets
     * @param share takes the place of {@code /data}
     */
    ComposedMachine(Path root, Path folder, Path share, String kafka, OrthancServer orthanc) throws IOException {
        this.root = root;
        this.folder = folder;
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("page-token"), TOKEN);
        Files.writeString(secrets.resolve("orthanc-credentials"), orthanc.credentials());
        Files.copy(orthanc.password(), secrets.resolve("orthanc-password"));
        Files.writeString(secrets.resolve("s3-access-key"), "none");
        Files.writeString(secrets.resolve("s3-secret-key"), "none");
        replaced.put("/run/secrets/", secrets + "/");
        replaced.put("/data/", share + "/");
        replaced.put("/scratch", folder.resolve("scratch").toString());
        replaced.put("kafka:19092", kafka);
        replaced.put("orthanc:8042", orthanc.root().getAuthority());
        replaced.put("user = deformux", "user = " + orthanc.user());
        replaced.put("172.16.0.0/12", "127.0.0.0/8");
        // Peers of the DICOM node: who sends, and the archive.
        replaced.put("192.0.2.10", "127.0.0.1");
        replaced.put("\"orthanc\", \"port\": 4242", "\"127.0.0.1\", \"port\": " + orthanc.dicomPort());
    }

    /** Starts a service's command with its settings, as a process. */
    ProgramProcess start(String name, Service service) throws IOException {
        Map<String, String> here = new LinkedHashMap<>(replaced);
        Path settings = Files.createDirectories(folder.resolve(name));
        for (Map.Entry<String, Mount> mount : service.mounts().entrySet()) {
            Path mounted = Path.of(mount.getKey());
            if (mounted.startsWith("/etc/deformux")) {
                String text = Files.readString(root.resolve(mount.getValue().source()));
                Path file = Files.writeString(settings.resolve(mounted.getFileName()), value(text, replaced));
                here.put(mount.getKey(), file.toString());
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        // All programs share this machine's ports.
        environment.put("DEFORMUX_PAGE_PORT", "0");
        environment.put("DEFORMUX_DICOM_PORT", "0");
        // What somebody may have in .env, and no wait for what is known to be whole.
        environment.put("DEFORMUX_RETURN_TO", "ORTHANC");
        environment.put("DEFORMUX_QUIET_SECONDS", "2");
        service.environment().forEach((key, text) -> environment.put(key, value(text, here)));
        List<String> command =
                service.command().stream().map(text -> value(text, here)).toList();
        return ProgramProcess.start(environment, folder.resolve(name + ".log"), command.toArray(String[]::new));
    }

    private static String value(String text, Map<String, String> replaced) {
        String here = text.equals("9464") ? "0" : text.equals("0.0.0.0") ? "127.0.0.1" : text;
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            here = here.replace(one.getKey(), one.getValue());
        }
        return here;
    }
}
