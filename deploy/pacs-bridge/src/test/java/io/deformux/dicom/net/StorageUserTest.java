package io.deformux.dicom.net;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.SelfSignedKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects on their way to a peer: our own acceptor, and dcmtk's storescp where Debian's package dcmtk is installed. */
@Timeout(90)
class StorageUserTest {
    private static final String ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1";

    @TempDir
    private Path folder;

    private final StorageUser user = new StorageUser("DEFORMUX", Duration.ofSeconds(10));
    private final Answered answered = new Answered();
    private OutgoingObject object;

    @BeforeEach
    void make() throws IOException {
        Path file = EnhancedCt.write(folder.resolve("object/one.dcm"), "one", 40, 40, 20, n -> n % 1000);
        object = OutgoingObject.of(file);
    }

    @AfterEach
    void close() {
        user.close();
    }

    @Test
    void anObjectArrivesByteForByte() throws IOException {
        ReceivedInstances received = new ReceivedInstances(0);
        try (AssociationServer server = server(received, Optional.empty())) {
            user.send(peer(server.port(), Optional.empty()), List.of(object), answered);
        }
        assertThat(answered.taken()).containsExactly(object);
        byte[] sent = Files.readAllBytes(object.file());
        byte[] dataSet = Arrays.copyOfRange(sent, (int) object.dataSetStart(), sent.length);
        assertThatArray(received.dataSets().get(object.sopInstance())).isEqualTo(dataSet);
    }

    @Test
    void whatIsRefusedIsSaid() throws IOException {
        try (AssociationServer server = server(new ReceivedInstances(0xa700), Optional.empty())) {
            StorageUser.Called peer = peer(server.port(), Optional.empty());
            user.send(peer, List.of(object), answered);
            assertThat(answered.taken()).isEmpty();
            assertThat(answered.refusals()).singleElement().asString().contains("A700");
            assertThatIOException()
                    .isThrownBy(() ->
                            user.echo(new StorageUser.Called("NOBODY", "127.0.0.1", server.port(), Optional.empty())))
                    .withMessageContaining("CALLED_TITLE");
        }
        int nobody = Dcmtk.freePort();
        assertThatIOException().isThrownBy(() -> user.echo(peer(nobody, Optional.empty())));
    }

    @Test
    void whatIsRefusedHoldsUpNothingElse() throws IOException {
        ReceivedInstances received = new ReceivedInstances(0);
        OutgoingObject other =
                new OutgoingObject(object.file(), object.dataSetStart(), "1.2.3", "1.2.4", "1.2.840.10008.1.2.1");
        try (AssociationServer server = server(received, Optional.empty())) {
            user.send(peer(server.port(), Optional.empty()), List.of(other, object), answered);
        }
        assertThat(received.dataSets()).containsOnlyKeys(object.sopInstance());
        assertThat(answered.taken()).containsExactly(object);
        assertThat(answered.refusals()).singleElement().asString().contains("does not take");
    }

    @Test
    void withTlsBothSidesShowWhoTheyAre() throws Exception {
        SelfSignedKey key = SelfSignedKey.in(folder.resolve("key"));
        SelfSignedKey stranger = SelfSignedKey.in(folder.resolve("stranger"));
        Optional<DicomTls> known = tls(key, key);
        ReceivedInstances received = new ReceivedInstances(0);
        try (AssociationServer server = server(received, known)) {
            user.send(peer(server.port(), known), List.of(object), answered);
            assertThat(received.dataSets()).hasSize(1);

            assertThatIOException().isThrownBy(() -> user.echo(peer(server.port(), tls(stranger, key))));
            assertThatIOException().isThrownBy(() -> user.echo(peer(server.port(), tls(key, stranger))));
            assertThatIOException().isThrownBy(() -> user.echo(peer(server.port(), Optional.empty())));
        }
    }

    private static Optional<DicomTls> tls(SelfSignedKey key, SelfSignedKey trusted) throws IOException {
        return Optional.of(
                DicomTls.of(key.store(), SelfSignedKey.PASSWORD.toCharArray(), Optional.of(trusted.certificate())));
    }

    @Test
    void dcmtkTakesWhatIsSent() throws Exception {
        assumeTrue(Dcmtk.installed(), "dcmtk is not installed");
        Path second = EnhancedCt.write(folder.resolve("object/two.dcm"), "two", 30, 30, 10, n -> n % 500);
        Path pacs = Files.createDirectories(folder.resolve("pacs"));
        try (Dcmtk.Storage storage = Dcmtk.Storage.start(pacs, "--max-pdu", "4096")) {
            user.echo(peer(storage.port(), Optional.empty()));
            user.send(peer(storage.port(), Optional.empty()), List.of(object, OutgoingObject.of(second)), answered);
        }
        try (Stream<Path> files = Files.list(pacs)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .hasSize(2)
                    .anyMatch(name -> name.contains(object.sopInstance()));
        }
    }

    @Test
    void aPeerThatAbortsIsNoSuccess() throws Exception {
        assumeTrue(Dcmtk.installed(), "dcmtk is not installed");
        Path pacs = Files.createDirectories(folder.resolve("pacs"));
        for (String end : List.of("--abort-after", "--abort-during", "--refuse")) {
            try (Dcmtk.Storage storage = Dcmtk.Storage.start(pacs, end)) {
                assertThatIOException()
                        .as(end)
                        .isThrownBy(() -> user.send(peer(storage.port(), Optional.empty()), List.of(object), answered));
            }
        }
    }

    private static StorageUser.Called peer(int port, Optional<DicomTls> tls) {
        return new StorageUser.Called("PACS", "127.0.0.1", port, tls);
    }

    private static AssociationServer server(InstanceReceiver receiver, Optional<DicomTls> tls) throws IOException {
        return AssociationServer.start(
                new AssociationServer.Settings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4, Duration.ofSeconds(10), tls),
                new AssociationPolicy(
                        "PACS",
                        new KnownPeers(""),
                        Map.of(
                                ENHANCED_CT,
                                Set.of("1.2.840.10008.1.2.1"),
                                DimseCommand.VERIFICATION,
                                Set.of("1.2.840.10008.1.2"))),
                receiver,
                AssociationObserver.NONE);
    }
}
