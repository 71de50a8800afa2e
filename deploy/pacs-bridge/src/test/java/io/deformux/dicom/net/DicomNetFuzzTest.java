package io.deformux.dicom.net;

import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes over a connection, damaged in any way: PDUs and commands, or a {@link ProtocolException}, or an early end. */
@Tag("fuzz")
class DicomNetFuzzTest {
    private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final Pdu.Names NAMES = new Pdu.Names("DEFORMUX", "SCANNER");
    private static final Pdu.UserInformation USER = new Pdu.UserInformation(16_384, "1.2.3");

    static Stream<FuzzTarget> targets() {
        byte[] command = DimseCommand.store(7, CT, "1.2.3.4").bytes();
        Pdu request = new Pdu.AssociateRequest(
                NAMES,
                List.of(
                        new Pdu.Proposal(1, DimseCommand.VERIFICATION, List.of(EXPLICIT)),
                        new Pdu.Proposal(3, CT, List.of("1.2.840.10008.1.2", EXPLICIT))),
                USER);
        Pdu accept = new Pdu.AssociateAccept(
                NAMES, List.of(new Pdu.Answer(1, 0, EXPLICIT), new Pdu.Answer(3, 3, EXPLICIT)), USER);
        Pdu data = new Pdu.Data(List.of(
                new Pdv(3, true, true, command),
                new Pdv(3, false, false, new byte[300]),
                new Pdv(3, false, true, new byte[10])));
        return Stream.of(
                new FuzzTarget(
                        "dicom-pdus",
                        List.of(
                                bytes(request, data, new Pdu.ReleaseRequest()),
                                bytes(accept, new Pdu.ReleaseReply()),
                                bytes(new Pdu.AssociateReject(Pdu.Rejection.LOCAL_LIMIT)),
                                bytes(new Pdu.Abort(2, 6))),
                        tokens(),
                        thrown -> thrown instanceof ProtocolException || thrown instanceof EOFException,
                        new FuzzTarget.Memory(4 << 20, 256),
                        DicomNetFuzzTest::readAll),
                new FuzzTarget(
                        "dicom-commands",
                        List.of(
                                command,
                                DimseCommand.echo(1).bytes(),
                                DimseCommand.echo(1).answer(0xa700).bytes()),
                        tokens(),
                        thrown -> thrown instanceof ProtocolException,
                        new FuzzTarget.Memory(1 << 20, 64),
                        DimseCommand::read));
    }

    private static void readAll(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        PduReader reader = new PduReader(in, 1 << 17);
        while (in.available() > 0) {
            reader.read();
        }
    }

    private static byte[] bytes(Pdu... pdus) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PduWriter writer = new PduWriter(out);
        for (Pdu pdu : pdus) {
            try {
                writer.write(pdu);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return out.toByteArray();
    }

    private static List<byte[]> tokens() {
        return Stream.of("1.2.840.10008.3.1.1.1", CT, EXPLICIT, "\u0050\0\0\u0004", "\u0051\0\0\u0004", "\u0020\0\0\b")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverComesReadingEndsInMessagesOrAWordOfWhatIsWrong(FuzzTarget target) {
        FuzzRun.check(target);
    }
}
