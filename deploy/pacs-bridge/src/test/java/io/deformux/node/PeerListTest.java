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
        refused("{\"peers\": [{\"aet\": \"A\", \"host\": \"h\"}]}", "unknown field aet");
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
