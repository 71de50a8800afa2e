package io.deformux.dicom.net;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.deformux.dicom.net.AssociationObserver.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The acceptor against peers that keep to the protocol, and others. */
@Timeout(60)
class AssociationServerTest {
    private static final int MOST = 3;

    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final List<CallerRefusal> refusals = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final ReceivedInstances received = new ReceivedInstances(0);
    private AssociationServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(Duration.ofSeconds(2));
    }

    private AssociationServer start(Duration longest) throws IOException {
        return AssociationServer.start(
                new AssociationServer.Settings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST, longest, Optional.empty()),
                new AssociationPolicy(
                        "DEFORMUX",
                        new KnownPeers("SCANNER"),
                        Map.of(
                                ScriptedPeer.CT, Set.of(ScriptedPeer.EXPLICIT),
                                DimseCommand.VERIFICATION, Set.of("1.2.840.10008.1.2"))),
                received,
                new AssociationObserver() {
                    @Override
                    public void ended(End end) {
                        ends.add(end);
                    }

                    @Override
                    public void refused(CallerRefusal why) {
                        refusals.add(why);
                    }

                    @Override
                    public void instance(int status) {
                        statuses.add(status);
                    }
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachPresentationContextHasAnAnswerOfItsOwn() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            Pdu.AssociateAccept accept = (Pdu.AssociateAccept) peer.associate("DEFORMUX", "SCANNER");

            assertThat(accept.contexts())
                    .extracting(Pdu.Answer::id, Pdu.Answer::result)
                    .containsExactly(
                            tuple(1, Pdu.Answer.ACCEPTED),
                            tuple(3, Pdu.Answer.NO_TRANSFER_SYNTAX),
                            tuple(5, Pdu.Answer.NO_ABSTRACT_SYNTAX));
            assertThat(accept.contexts().get(0).transferSyntax()).isEqualTo(ScriptedPeer.EXPLICIT);
            assertThat(received.ended()).isZero();
            assertThat(peer.ask(new Pdu.ReleaseRequest())).isInstanceOf(Pdu.ReleaseReply.class);
        }
        awaitEnds(End.RELEASED);
        assertThat(received.ended()).isEqualTo(1);
    }

    @Test
    void anInstanceInFragmentsArrivesAsItWas() throws IOException {
        byte[] dataSet = new byte[100_000];
        for (int n = 0; n < dataSet.length; n++) {
            dataSet[n] = (byte) (n * 31);
        }
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.associate("DEFORMUX", "SCANNER");
            byte[] command = DimseCommand.store(9, ScriptedPeer.CT, "1.2.3.4").bytes();
            List<Pdv> values = new ArrayList<>();
            values.add(new Pdv(1, true, false, Arrays.copyOf(command, 10)));
            values.add(new Pdv(1, true, true, Arrays.copyOfRange(command, 10, command.length)));
            values.add(new Pdv(1, false, false, Arrays.copyOf(dataSet, 1)));
            peer.send(new Pdu.Data(values));
            peer.send(new Pdu.Data(List.of(
                    new Pdv(1, false, false, new byte[0]),
                    new Pdv(1, false, true, Arrays.copyOfRange(dataSet, 1, dataSet.length)))));

            DimseCommand answer = command(peer.read());

            assertThat(answer.messageId()).isEqualTo(9);
            assertThat(answer.status()).isZero();
            assertThat(received.dataSets()).containsOnlyKeys("1.2.3.4");
            assertThatArray(received.dataSets().get("1.2.3.4")).isEqualTo(dataSet);
        }
    }

    @Test
    void whoIsNotKnownOrMeansAnotherIsRefused() throws IOException {
        assertRejected("DEFORMUX", "STRANGER", Pdu.Rejection.CALLING_TITLE);
        assertRejected("ORTHANC", "SCANNER", Pdu.Rejection.CALLED_TITLE);
        awaitEnds(End.REJECTED, End.REJECTED);
        assertThat(refusals).containsExactly(CallerRefusal.CALLING_TITLE, CallerRefusal.CALLED_TITLE);
    }

    @Test
    void whatIsOfAnotherClassThanItsContextIsNotTakenAndTheAssociationGoesOn() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.ask(new Pdu.AssociateRequest(
                    new Pdu.Names("DEFORMUX", "SCANNER"),
                    List.of(
                            new Pdu.Proposal(1, ScriptedPeer.CT, List.of(ScriptedPeer.EXPLICIT)),
                            new Pdu.Proposal(3, DimseCommand.VERIFICATION, List.of("1.2.840.10008.1.2"))),
                    new Pdu.UserInformation(0, "1.2.3")));

            assertThat(stored(peer, 1, "1.2.840.10008.5.1.4.1.1.481.5", "1.2.1"))
                    .as("a plan in a context of CT images")
                    .isEqualTo(0x0122);
            assertThat(stored(peer, 3, ScriptedPeer.CT, "1.2.2")).isEqualTo(0x0122);
            assertThat(stored(peer, 3, DimseCommand.VERIFICATION, "1.2.3")).isEqualTo(0x0122);
            assertThat(received.dataSets()).isEmpty();
            assertThat(stored(peer, 1, ScriptedPeer.CT, "1.2.4")).isZero();
        }
        assertThat(received.dataSets()).containsOnlyKeys("1.2.4");
        assertThat(statuses).containsExactly(0x0122, 0x0122, 0x0122, 0);
    }

    /** Sends an instance in two fragments; the status of the answer. */
    private static int stored(ScriptedPeer peer, int context, String sopClass, String instance) throws IOException {
        peer.send(new Pdu.Data(List.of(
                new Pdv(
                        context,
                        true,
                        true,
                        DimseCommand.store(7, sopClass, instance).bytes()),
                new Pdv(context, false, false, new byte[8]))));
        return command(peer.ask(new Pdu.Data(List.of(new Pdv(context, false, true, new byte[8])))))
                .status();
    }

    @Test
    void anotherProtocolOrContextIsRejectedByItsReason() throws IOException {
        byte[] request = AssociateBytes.of(new Pdu.AssociateRequest(
                new Pdu.Names("DEFORMUX", "SCANNER"),
                List.of(new Pdu.Proposal(1, ScriptedPeer.CT, List.of(ScriptedPeer.EXPLICIT))),
                new Pdu.UserInformation(0, "1.2.3")));
        byte[] version = request.clone();
        version[1] = 2;
        byte[] context = request.clone();
        context[AssociateLayout.FIXED + AssociateLayout.ITEM_HEADER] = '9';

        assertRejected(version, 2, 2);
        assertRejected(context, 1, 2);

        awaitEnds(End.REJECTED, End.REJECTED);
        assertThat(refusals).containsExactly(CallerRefusal.PROTOCOL_VERSION, CallerRefusal.APPLICATION_CONTEXT);

        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.associate("DEFORMUX", "SCANNER");
            peer.send(pdu(version));
            assertThat(peer.read())
                    .as("within an association (PS3.8 Table 9-10, AA-8)")
                    .isEqualTo(new Pdu.Abort(2, 2));
        }
        awaitEnds(End.REJECTED, End.REJECTED, End.BROKEN);
        assertThat(refusals).as("nobody was refused by that").hasSize(2);
    }

    private static byte[] pdu(byte[] request) {
        return ByteBuffer.allocate(6 + request.length)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(request.length)
                .put(request)
                .array();
    }

    /** By source and reason of PS3.8 Table 9-21, for good. */
    private void assertRejected(byte[] request, int source, int reason) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.send(pdu(request));
            Pdu.Rejection why = ((Pdu.AssociateReject) peer.read()).why();
            assertThat(List.of(why.result(), why.source(), why.reason())).containsExactly(1, source, reason);
        }
    }

    private void assertRejected(String called, String calling, Pdu.Rejection why) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            assertThat(peer.associate(called, calling))
                    .asInstanceOf(type(Pdu.AssociateReject.class))
                    .extracting(Pdu.AssociateReject::why)
                    .isEqualTo(why);
        }
    }

    @Test
    void thereAreAsManyAssociationsAsThereMayBeAndAFurtherOneIsToldSo() throws Exception {
        server.close();
        server = start(Duration.ofSeconds(30));
        List<ScriptedPeer> peers = new ArrayList<>();
        try {
            for (int n = 0; n < MOST; n++) {
                ScriptedPeer peer = new ScriptedPeer(server.port());
                peers.add(peer);
                assertThat(peer.associate("DEFORMUX", "SCANNER")).isInstanceOf(Pdu.AssociateAccept.class);
            }
            assertRejected("DEFORMUX", "SCANNER", Pdu.Rejection.LOCAL_LIMIT);
            peers.remove(0).close();
            Awaitility.await().until(() -> ends.contains(End.ABORTED));
            Awaitility.await().until(() -> {
                try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
                    return peer.associate("DEFORMUX", "SCANNER") instanceof Pdu.AssociateAccept;
                }
            });
        } finally {
            for (ScriptedPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void aFloodOfSilentConnectionsEndsByItselfAndOthersAreServedThen() throws IOException {
        List<ScriptedPeer> silent = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            silent.add(new ScriptedPeer(server.port()));
        }

        assertThat(silent).allMatch(ScriptedPeer::isClosed);
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            assertThat(peer.associate("DEFORMUX", "SCANNER")).isInstanceOf(Pdu.AssociateAccept.class);
        }
        for (ScriptedPeer peer : silent) {
            peer.close();
        }
    }

    @Test
    void aPduThatComesDropByDropIsNotWaitedForForEver() throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.associate("DEFORMUX", "SCANNER");
            long begin = System.nanoTime();
            assertThatIOException().isThrownBy(() -> {
                while (System.nanoTime() - begin < Duration.ofSeconds(20).toNanos()) {
                    peer.send((byte) 4);
                    if (peer.isClosedWithin(100)) {
                        throw new IOException("closed");
                    }
                }
            });
        }
        awaitEnds(End.BROKEN);
        assertThat(received.ended()).isEqualTo(1);
    }

    @Test
    void whatBreaksTheProtocolIsAnsweredWithAnAbort() throws IOException {
        assertAborted(2, (byte) 9, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertAborted(2, (byte) 4, (byte) 0, (byte) 0x7f, (byte) 0, (byte) 0, (byte) 0);
        assertAborted(2, (byte) 5, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 5);
        assertAborted(
                2, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 4, (byte) 0, (byte) 1, (byte) 0, (byte) 0);
    }

    private void assertAborted(int source, byte... bytes) throws IOException {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            peer.send(bytes);
            assertThat(peer.read())
                    .asInstanceOf(type(Pdu.Abort.class))
                    .extracting(Pdu.Abort::source)
                    .isEqualTo(source);
            assertThat(peer.isClosed()).isTrue();
        }
    }

    @Test
    void aContextThatWasNotAcceptedOrACommandThatIsNotServedEndsTheAssociation() throws IOException {
        for (Pdv pdv : List.of(
                new Pdv(3, true, true, DimseCommand.echo(1).bytes()),
                new Pdv(1, false, true, new byte[2]),
                new Pdv(1, true, false, new byte[DimseCommand.MOST_BYTES + 1]),
                new Pdv(
                        1,
                        true,
                        true,
                        DimseCommand.store(1, ScriptedPeer.CT, "../../etc").bytes()))) {
            try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
                peer.associate("DEFORMUX", "SCANNER");
                assertThat(peer.ask(new Pdu.Data(List.of(pdv)))).isInstanceOf(Pdu.Abort.class);
            }
        }
    }

    @Test
    void aClosedServerIsGone() {
        server.close();

        assertThat(server.runs() && isReachable()).isFalse();
    }

    private boolean isReachable() {
        try (ScriptedPeer peer = new ScriptedPeer(server.port())) {
            return !peer.isClosed();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void connectionsFromWhereNobodyIsKnownAreClosedAtOnce() throws IOException {
        AssociationPolicy.Peers elsewhere = new AssociationPolicy.Peers() {
            @Override
            public boolean isAt(InetAddress address) {
                return false;
            }

            @Override
            public boolean knows(String aeTitle, InetAddress address) {
                return true;
            }
        };
        try (AssociationServer closed = AssociationServer.start(
                        new AssociationServer.Settings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                MOST,
                                Duration.ofSeconds(60),
                                Optional.empty()),
                        new AssociationPolicy("DEFORMUX", elsewhere, Map.of()),
                        received,
                        new AssociationObserver() {
                            @Override
                            public void refused(CallerRefusal why) {
                                refusals.add(why);
                            }
                        });
                ScriptedPeer peer = new ScriptedPeer(closed.port())) {
            assertThat(peer.isClosed()).isTrue();
            assertThat(refusals).containsExactly(CallerRefusal.ADDRESS);
        }
    }

    private static DimseCommand command(Pdu pdu) throws IOException {
        return DimseCommand.read(((Pdu.Data) pdu).values().get(0).bytes());
    }

    private void awaitEnds(End... expected) {
        Awaitility.await().untilAsserted(() -> assertThat(ends).containsExactly(expected));
    }
}
