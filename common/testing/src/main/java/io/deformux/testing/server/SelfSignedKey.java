package io.deformux.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A key for {@code 127.0.0.1}, made by the JDK's {@code keytool}, and the certificate that clients need for it.
 *
 * @param store the key, PKCS #12
 * @param certificate PEM
 */
public record SelfSignedKey(Path store, Path certificate) {
    /** Of the key. */
    public static final String PASSWORD = "changeit";

    /** Makes one below a folder. */
    public static SelfSignedKey in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SelfSignedKey key = new SelfSignedKey(folder.resolve("server.p12"), folder.resolve("server.pem"));
        keytool(key.store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1");
        keytool(key.store, "-exportcert", "-rfc", "-file", key.certificate.toString());
        return key;
    }

    /** The Kafka properties of who has the key. */
    Map<String, String> ofServer() {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                PASSWORD);
    }

    /** The Kafka properties of who trusts it. */
    Map<String, String> trust() {
        return Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", certificate.toString());
    }

    private static void keytool(Path store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "server", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
