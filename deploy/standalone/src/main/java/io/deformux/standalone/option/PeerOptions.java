package io.deformux.standalone.option;

import io.deformux.dicom.net.DicomTls;
import io.deformux.node.DicomNodeConfig.GiveBack;
import io.deformux.node.Peer;
import io.deformux.node.PeerList;
import io.deformux.storage.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who a DICOM node is, whom it knows, and what it gives them back. */
public final class PeerOptions {
    /** Not {@link WorkerOptions#DEFAULT_SCRATCH}, which may be of a user that a worker here runs as. */
    private static final Path SYSTEM_SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--ae-title",
            paramLabel = "TITLE",
            description = "What the node is called by, and calls itself (default: ${DEFAULT-VALUE}).")
    private String aeTitle = "DEFORMUX";

    @Option(
            names = "--peers",
            paramLabel = "FILE",
            description = "Who may call, by AE title and host, as deploy/orthanc/peers.json"
                    + " (default: whoever is on this machine).")
    private Path peers;

    @Option(
            names = "--return-to",
            paramLabel = "TITLE",
            description = "The peer that DICOM objects of the node's own jobs are sent to (default: nobody).")
    private String returnTo;

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description = "What events may refer to: folders, hosts, buckets, limits, and where credentials lie.")
    private Path access;

    @Option(
            names = "--allow-output",
            paramLabel = "DIR",
            split = ",",
            description = "A folder below which file: outputs may be written, besides those of --access; repeat for"
                    + " several, or part them by commas.")
    private List<Path> outputRoots = List.of();

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description =
                    "A PKCS #12 file with the node's key and certificate, so that it listens with TLS (default: it"
                            + " does without).")
    private Path tlsKey;

    @Option(names = "--tls-password", paramLabel = "FILE", description = "A file with the password of --tls-key.")
    private Path tlsPassword;

    @Option(
            names = "--tls-trust",
            paramLabel = "FILE",
            description =
                    "A PEM file of the certificates that peers have to show or be signed by (default: callers show"
                            + " none).")
    private Path tlsTrust;

    @Option(
            names = "--tls-callers",
            paramLabel = "certified|any",
            description =
                    "Whether callers have to show such a certificate (certified) or not (any); whom the node calls"
                            + " has to anyhow (default: certified with --tls-trust, any without).")
    private TlsCallers tlsCallers;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description =
                    "Where results from elsewhere lie while they are sent (default: the system's temporary folder).")
    private Path scratch = SYSTEM_SCRATCH;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The node's own title. */
    public String aeTitle() {
        if (!PeerList.isAeTitle(aeTitle)) {
            throw wrong("--ae-title has 1 to 16 characters, without backslash", null);
        }
        return aeTitle.strip();
    }

    /** Who may call. */
    public PeerList list() {
        try {
            return peers == null ? new PeerList(List.of()) : PeerList.read(peers);
        } catch (IllegalArgumentException e) {
            throw wrong("--peers " + peers + ": " + e.getMessage(), e);
        }
    }

    /** TLS, if it is asked for. */
    public Optional<DicomTls> tls() {
        if (tlsKey == null && (tlsPassword != null || tlsTrust != null || tlsCallers != null)) {
            throw wrong("--tls-password, --tls-trust and --tls-callers need --tls-key", null);
        }
        if (tlsCallers == TlsCallers.CERTIFIED && tlsTrust == null) {
            throw wrong("--tls-callers certified needs --tls-trust", null);
        }
        if (tlsKey == null) {
            return Optional.empty();
        }
        if (tlsPassword == null) {
            throw wrong("--tls-key needs --tls-password", null);
        }
        try {
            char[] password = Files.readString(tlsPassword).strip().toCharArray();
            boolean certified = tlsTrust != null && tlsCallers != TlsCallers.ANY;
            return Optional.of(DicomTls.of(tlsKey, password, Optional.ofNullable(tlsTrust), certified));
        } catch (IOException e) {
            throw wrong("--tls-key " + tlsKey + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Where results go, if anywhere. */
    public Optional<GiveBack> giveBack() {
        if (returnTo == null) {
            return Optional.empty();
        }
        Peer peer = list().taker(returnTo)
                .orElseThrow(() -> wrong("--return-to " + returnTo + " is no peer of --peers that has a port", null));
        if (peer.tls() && tlsKey == null) {
            throw wrong("--return-to " + returnTo + " is called with TLS, which needs --tls-key", null);
        }
        return Optional.of(new GiveBack(peer, access(), ownScratch()));
    }

    private Optional<Path> ownScratch() {
        return scratch.equals(SYSTEM_SCRATCH) ? Optional.empty() : Optional.of(scratch.toAbsolutePath());
    }

    private AccessPolicy access() {
        AccessListing access = AccessListing.of(Optional.ofNullable(this.access), spec);
        List<Path> outputs = access.outputsAnd(outputRoots);
        return access.listed().withRoots(outputs, outputs); // what workers store there is what is read here
    }

    private ParameterException wrong(String message, Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
