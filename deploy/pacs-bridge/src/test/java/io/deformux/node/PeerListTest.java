package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerListTest {
    @TempDir
    private Path folder;

    @Test
    void whatAPeerHasAPortForIsSentToIt() throws IOException {
        PeerList peers = read("{\"peers\": [{\"aeTitle\": \"CT1\", \"host\": \"192.0.2.7\"},"
                + " {\"aeTitle\": \"PACS\", \"host\": \"192.0.2.8\", \"port\": 104}]}");

        assertThat(peers.taker("PACS"))
                .hasValueSatisfying(peer -> assertThat(peer.port()).hasValue(104));
        assertThat(peers.taker("CT1")).isEmpty();
    }

    @Test
    void mistakesAreNamed() {
        refused("{}", "needs a list");
        refused("{\"peers\": [\n]", "line 2 is not JSON");
        refused("{\"peers\": [{\"aeTitle\": \"A\"}]}", "peer 0: aeTitle (1 to 16 characters) and host");
        refused("{\"peers\": [{\"aeTitle\": \"12345678901234567\", \"host\": \"h\"}]}", "peer 0: aeTitle");
        refused("{\"peers\": [{\"aeTitle\": \"A\", \"host\": \"h\", \"port\": 70000}]}", "peer 0: port");
        refused("{\"peers\": [{\"aeTitle\": \"A\", \"host\": \"h\", \"tls\": \"yes\"}]}", "peer 0: tls has to be true");
        refused("{\"peers\": [{\"aeTitle\": \"A\", \"host\": \"h\", \"tls\": null}]}", "peer 0: tls");
        refused("{\"peers\": [{\"aet\": \"A\", \"host\": \"h\"}]}", "unknown field aet");
    }

    @Test
    void ofTwoThatCouldBeMeantNoneIsGuessed() throws IOException {
        refused(
                two("\"host\": \"h\"", "\"host\": \"H\", \"port\": 104"),
                "peer 1: aeTitle and host are those of peer 0");
        refused(
                two("\"host\": \"h\", \"port\": 104", "\"host\": \"i\", \"port\": 105"),
                "peer 1: peer 0 of this aeTitle has a port too");
        assertThat(read(two("\"host\": \"h\", \"port\": 104, \"tls\": true", "\"host\": \"i\""))
                        .taker("A"))
                .hasValueSatisfying(peer -> assertThat(peer.tls()).isTrue());
    }

    private static String two(String first, String second) {
        return "{\"peers\": [{\"aeTitle\": \"A\", " + first + "}, {\"aeTitle\": \"A\", " + second + "}]}";
    }

    @Test
    void theSampleIsReadable() {
        assertThat(PeerList.read(Path.of("../orthanc/peers.json")).peers()).hasSize(2);
    }

    private void refused(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessageContaining(message);
    }

    private PeerList read(String json) throws IOException {
        return PeerList.read(Files.writeString(folder.resolve("peers.json"), json));
    }
}
