package io.deformux.dicom.net;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.DicomFileWriter;
import io.deformux.dicom.data.Element;
import io.deformux.testing.format.EnhancedCt;
import io.deformux.testing.server.SelfSignedKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects on their way to a peer: our own acceptor, and dcmtk's storescp where Debian's package dcmtk is installed. */
@Timeout(90)
class StorageUserTest {
    /** A label has 63 characters at most, so that no resolver, whatever it answers, is asked for it. */
    private static final String NO_HOST = "a".repeat(64) + ".invalid";

    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1";

    @TempDir
    private Path folder;

    private final StorageUser user = new StorageUser("DEFORMUX", Duration.ofSeconds(10));
    private final Answered answered = new Answered();
    private final List<CallerRefusal> refusals = new CopyOnWriteArrayList<>();
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
    void aPeerOfTheDefaultSyntaxAloneGetsTheSameObjectInThat() throws IOException {
        ReceivedInstances received = new ReceivedInstances(0);
        try (AssociationServer server = server(received, Optional.empty(), IMPLICIT)) {
            user.send(peer(server.port(), Optional.empty()), List.of(object), answered);
        }
        assertThat(answered.taken()).containsExactly(object);
        Path rewritten = folder.resolve("rewritten.dcm");
        try (OutputStream out = Files.newOutputStream(rewritten)) {
            DicomFileWriter.writeStart(out, object.sopClass(), object.sopInstance(), IMPLICIT);
            out.write(received.dataSets().get(object.sopInstance()));
        }
        assertSameObject(object.file(), rewritten);
    }

    private static void assertSameObject(Path sent, Path arrived) {
        try (DicomFile one = DicomFile.open(sent, 1 << 20).orElseThrow();
                DicomFile other = DicomFile.open(arrived, 1 << 20).orElseThrow()) {
            assertThat(other.header().elements())
                    .extracting(Element::tag)
                    .containsExactlyElementsOf(
                            one.header().elements().stream().map(Element::tag).toList());
            assertThat(other.syntax().uid()).isEqualTo(IMPLICIT);
            long length = one.openPixelData();
            assertThat(other.openPixelData()).isEqualTo(length).isPositive();
            assertThatArray(other.pixelBytes((int) length)).isEqualTo(one.pixelBytes((int) length));
        }
    }

    @Test
    void dcmtkThatTakesTheDefaultSyntaxAloneTakesWhatIsSent() throws Exception {
        assumeTrue(Dcmtk.installed(), "dcmtk is not installed");
        Path pacs = Files.createDirectories(folder.resolve("pacs"));
        try (Dcmtk.Storage storage = Dcmtk.Storage.start(pacs, "+xi")) {
            user.send(peer(storage.port(), Optional.empty()), List.of(object), answered);
        }
        assertThat(answered.taken()).containsExactly(object);
        try (Stream<Path> files = Files.list(pacs)) {
            assertSameObject(object.file(), files.findFirst().orElseThrow());
        }
    }

    @Test
    void whoIsGoneWithoutAnAnswerIsSaidToBe() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> closeFirst(silent), "closing");
            closing.start();
            assertThatIOException()
                    .isThrownBy(() -> user.echo(peer(silent.getLocalPort(), Optional.empty())))
                    .withMessageContaining("closed the connection without an answer")
                    .withMessageContaining("let it know the AE title DEFORMUX");
            closing.join();
        }
        assertThatIOException()
                .isThrownBy(() -> user.echo(new StorageUser.Called("PACS", NO_HOST, 104, Optional.empty())))
                .withMessageContaining("cannot be looked up");
    }

    private static void closeFirst(ServerSocket server) {
        try (Socket caller = server.accept()) {
            caller.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAnswerToAnotherMessageIsNone() throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerAnother(odd), "answering");
            answering.start();
            assertThatIOException()
                    .isThrownBy(() -> user.echo(peer(odd.getLocalPort(), Optional.empty())))
                    .withMessageContaining("no answer to a command");
            answering.join();
        }
    }

    private static void answerAnother(ServerSocket server) {
        try (Socket caller = server.accept()) {
            PduReader reader = new PduReader(caller.getInputStream(), 1 << 17);
            PduWriter writer = new PduWriter(caller.getOutputStream());
            Pdu.AssociateRequest request = (Pdu.AssociateRequest) reader.read();
            writer.write(new Pdu.AssociateAccept(
                    request.names(), List.of(new Pdu.Answer(1, Pdu.Answer.ACCEPTED, IMPLICIT)), request.user()));
            Pdv command = ((Pdu.Data) reader.read()).values().get(0);
            DimseCommand asked = DimseCommand.read(command.bytes());
            DimseCommand answer = DimseCommand.echo(asked.messageId() + 1).answer(0);
            writer.write(new Pdu.Data(List.of(new Pdv(1, true, true, answer.bytes()))));
            reader.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        try (AssociationServer server = server(new ReceivedInstances(0), Optional.empty());
                StorageUser stranger = new StorageUser("STRANGER", Duration.ofSeconds(10))) {
            assertThatIOException()
                    .isThrownBy(() -> stranger.echo(peer(server.port(), Optional.empty())))
                    .withMessageContaining("CALLING_TITLE")
                    .withMessageContaining("let it know the AE title STRANGER");
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
            Awaitility.await().until(() -> refusals.contains(CallerRefusal.TLS));
            assertThatIOException().isThrownBy(() -> user.echo(peer(server.port(), tls(key, stranger))));
            assertThatIOException().isThrownBy(() -> user.echo(peer(server.port(), Optional.empty())));
        }
    }

    @Test
    void whoTrustsNobodyWhoCallsMayTrustWhomItCalls() throws Exception {
        SelfSignedKey key = SelfSignedKey.in(folder.resolve("key"));
        SelfSignedKey stranger = SelfSignedKey.in(folder.resolve("stranger"));
        ReceivedInstances received = new ReceivedInstances(0);
        try (AssociationServer server = server(received, tls(key, key, false))) {
            user.send(peer(server.port(), tls(stranger, key)), List.of(object), answered);
            assertThat(received.dataSets()).hasSize(1);
        }
        try (AssociationServer server = server(received, tls(stranger, stranger, false))) {
            assertThatIOException()
                    .isThrownBy(() -> user.echo(peer(server.port(), tls(key, key, false))))
                    .withMessageContaining("--tls-trust");
        }
    }

    private static Optional<DicomTls> tls(SelfSignedKey key, SelfSignedKey trusted) throws IOException {
        return tls(key, trusted, true);
    }

    private static Optional<DicomTls> tls(SelfSignedKey key, SelfSignedKey trusted, boolean certified)
            throws IOException {
        return Optional.of(DicomTls.of(
                key.store(), SelfSignedKey.PASSWORD.toCharArray(), Optional.of(trusted.certificate()), certified));
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

    private AssociationServer server(InstanceReceiver receiver, Optional<DicomTls> tls) throws IOException {
        return server(receiver, tls, "1.2.840.10008.1.2.1");
    }

    private AssociationServer server(InstanceReceiver receiver, Optional<DicomTls> tls, String syntax)
            throws IOException {
        return AssociationServer.start(
                new AssociationServer.Settings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4, Duration.ofSeconds(10), tls),
                new AssociationPolicy(
                        "PACS",
                        new KnownPeers("DEFORMUX"),
                        Map.of(ENHANCED_CT, Set.of(syntax), DimseCommand.VERIFICATION, Set.of("1.2.840.10008.1.2"))),
                receiver,
                new AssociationObserver() {
                    @Override
                    public void refused(CallerRefusal why) {
                        refusals.add(why);
                    }
                });
    }
}
