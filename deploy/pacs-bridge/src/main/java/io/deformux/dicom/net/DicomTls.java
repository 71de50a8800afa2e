package io.deformux.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS for both sides of an association (PS3.15 Annex B: BCP 195). Immutable. */
public final class DicomTls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final boolean mutual;

    private DicomTls(SSLContext context, boolean mutual) {
        this.context = context;
        this.mutual = mutual;
    }

    /**
     * TLS with a key of ours.
     *
     * @param key a PKCS #12 file with our key and certificate
     * @param password its password
     * @param trusted a PEM file of the certificates that others have to show or be signed by; empty: as the JDK has them
     * @param certified whether callers have to show one; those that we call always have to
     * @throws IOException if a file cannot be read or is not what it should be
     */
    public static DicomTls of(Path key, char[] password, Optional<Path> trusted, boolean certified) throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(key.toFile(), password), password);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted.isPresent() ? certificates(trusted.get()) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new DicomTls(context, certified);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key or the trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore certificates(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int n = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + n++, one);
            }
        }
        return store;
    }

    /** Over a connection that was accepted. */
    SSLSocket accepted(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(mutual);
        socket.setEnabledProtocols(VERSIONS);
        return socket;
    }

    /** Over a connection to a host, whose certificate has to name it. */
    SSLSocket connected(Socket plain, String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setEnabledProtocols(VERSIONS);
        return socket;
    }
}
