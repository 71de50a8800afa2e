package io.deformux.standalone.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.node.DicomNodeConfig.GiveBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A node that gives results back shares no folder that one user makes and another cannot write to. */
class PeerOptionsTest {
    @TempDir
    private Path folder;

    private Path peers;

    @BeforeEach
    void writePeers() throws IOException {
        peers = Files.writeString(
                folder.resolve("peers.json"),
                "{\"peers\": [{\"aeTitle\": \"PACS\", \"host\": \"192.0.2.20\", \"port\": 104, \"tls\": false}]}");
    }

    @Command
    private static final class Node {
        @Mixin
        private PeerOptions options;
    }

    @Test
    void whatIsFetchedLiesInTheSystemsFolderUnlessAnotherIsNamed() {
        assertThat(giveBack().scratch()).isEmpty();
        assertThat(giveBack("--scratch", folder.toString()).scratch()).contains(folder);
        assertThat(new CommandLine(new Node())
                        .getCommandSpec()
                        .findOption("--scratch")
                        .<Path>getValue())
                .isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private GiveBack giveBack(String... more) {
        Node node = new Node();
        CommandLine line = new CommandLine(node);
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"--peers", peers.toString(), "--return-to", "PACS"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        line.parseArgs(arguments);
        return node.options.giveBack().orElseThrow();
    }
}
