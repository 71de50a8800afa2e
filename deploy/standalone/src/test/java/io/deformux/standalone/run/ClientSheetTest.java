package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelId;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.BucketRule;
import io.deformux.storage.HostRule;
import io.deformux.storage.Use;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a client needs stands there, ready to be copied. */
class ClientSheetTest {
    private static final List<ModelId> MODELS = List.of(new ModelId("amos", "2"), new ModelId("kits", "1"));

    @Test
    void everythingIsNamed() {
        AccessPolicy access = AccessPolicy.files(
                        List.of(Path.of("/scans")), List.of(Path.of("/results"), Path.of("/more")))
                .withHosts(HostRule.reading("https://pacs.example.org"))
                .withBuckets(new BucketRule(
                        "segmented", "", Optional.empty(), "eu-central-1", Set.of(Use.STORE), Optional.empty()));
        List<String> lines = new ClientSheet(
                        "127.0.0.1:9092", MODELS, access, Optional.of(new InetSocketAddress("127.0.0.1", 9100)))
                .lines();

        assertThat(lines)
                .containsExactly(
                        "scans go to: deformux.scan.arrived, urgent ones to deformux.scan.urgent",
                        "results come from: deformux.segmentation.result (isolation.level=read_committed),"
                                + " progress from deformux.progress",
                        "models: amos 2, kits 1",
                        "inputs lie below: /scans, https://pacs.example.org:443",
                        "outputs go below: /results, /more, s3://segmented/",
                        "metrics and health: http://127.0.0.1:9100",
                        "to look on: deformux watch --bootstrap-servers 127.0.0.1:9092 --progress",
                        "to send a scan: deformux send scan --bootstrap-servers 127.0.0.1:9092 --input /scans/SCAN"
                                + " --model amos --output /results");
    }

    @Test
    void whatThereIsNotIsSaidAndPathsAreAsAShellTakesThem() {
        AccessPolicy access = AccessPolicy.files(List.of(Path.of("/my scans")), List.of(Path.of("/it's")));
        List<String> lines = new ClientSheet("127.0.0.1:1", List.of(), access, Optional.empty()).lines();

        assertThat(lines)
                .contains("models: none yet", "metrics and health: nowhere (--management-port)")
                .last()
                .asString()
                .endsWith("--input '/my scans'/SCAN --model MODEL --output '/it'\\''s'");
    }
}
