package io.deformux.standalone.chaos;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.standalone.packaging.RandomModelFixture;
import io.deformux.testing.server.S3Stub;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A broker and workers in processes of their own, with the folders that they share. The first worker comes to Kafka through
 * a gate. For one thread.
 */
final class ChaosSite implements AutoCloseable {
    private static final int CUT_OFF = 0;

    private final Path folder;
    private final ChaosScale scale;
    private final BrokerProcess broker;
    private final KafkaGate gate;
    private final Optional<SmallDisk> disk;
    private final Optional<FakeClock> clock;
    private final List<WorkerHost> hosts = new ArrayList<>();
    private final SmallScans scans;
    private final S3Stub bucket = new S3Stub();
    private final KafkaGate bucketGate;

    /** Makes the folders and starts everything. */
    ChaosSite(Path folder, ChaosScale scale, String run) throws IOException {
        this.folder = folder;
        this.scale = scale;
        for (String each : List.of("broker", "models", "inputs", "outputs", "small", "scratch", "logs", "tmp")) {
            Files.createDirectory(folder.resolve(each));
        }
        RandomModelFixture.tiny(folder.resolve("models/tiny/1"));
        scans = new SmallScans(folder.resolve("inputs"), new Shape3(24, 24, 24), run);
        disk = scale.everyFault() ? SmallDisk.mount(folder.resolve("small")) : Optional.empty();
        clock = scale.everyFault() ? FakeClock.in(folder) : Optional.empty();
        bucketGate = new KafkaGate(() -> bucket.endpoint().getPort());
        writeAccess();
        int[] gated = new int[1];
        gate = new KafkaGate(() -> gated[0]);
        broker = new BrokerProcess(folder.resolve("broker"), gate.port());
        gated[0] = broker.gatedPort();
    }

    private void writeAccess() throws IOException {
        Files.writeString(folder.resolve("key"), S3Stub.ACCESS_KEY);
        Files.writeString(
                folder.resolve("access.properties"),
                """
                bucket.results.name = results
                bucket.results.endpoint = http://127.0.0.1:%d
                bucket.results.access-key-file = %s
                bucket.results.secret-key-file = %s
                bucket.results.allow = read, store
                """
                        .formatted(bucketGate.port(), folder.resolve("key"), folder.resolve("key")));
    }

    void start() {
        broker.start();
        TopicSetup.create(KafkaConnection.of(broker.address()));
        for (int n = 0; n < scale.workers(); n++) {
            hosts.add(host(n));
        }
        hosts.forEach(WorkerHost::start);
        hosts.forEach(WorkerHost::awaitMember);
    }

    private WorkerHost host(int n) {
        return new WorkerHost(
                folder.resolve("logs"),
                "worker-" + n,
                List.of("-Xmx256m", "-Djava.io.tmpdir=" + folder.resolve("tmp")),
                List.of(
                        "infer-worker",
                        "--bootstrap-servers",
                        n == CUT_OFF ? "127.0.0.1:" + gate.port() : broker.address(),
                        "--models",
                        folder.resolve("models").toString(),
                        "--access",
                        folder.resolve("access.properties").toString(),
                        "--allow-input",
                        folder.resolve("inputs").toString(),
                        "--allow-output",
                        outputs() + "," + smallOutputs(),
                        "--scratch",
                        scratch().toString(),
                        "--session-timeout-seconds",
                        Long.toString(scale.session().toSeconds()),
                        "--transaction-timeout-seconds",
                        "10",
                        "--crashes",
                        "100",
                        "--environment-seconds",
                        "1,5",
                        "--retry-seconds",
                        "1,5",
                        "--grace-seconds",
                        "10",
                        "--preload",
                        "tiny",
                        "--outputs",
                        "measurements,dicom-seg"));
    }

    List<WorkerHost> hosts() {
        return hosts;
    }

    BrokerProcess broker() {
        return broker;
    }

    KafkaGate gate() {
        return gate;
    }

    Optional<SmallDisk> disk() {
        return disk;
    }

    Optional<FakeClock> clock() {
        return clock;
    }

    /** The bucket behind {@link #bucketGate}. */
    S3Stub bucket() {
        return bucket;
    }

    /** The way to the bucket. */
    KafkaGate bucketGate() {
        return bucketGate;
    }

    /** Where outputs go in the bucket. */
    URI bucketOutputs() {
        return URI.create("s3://results/out/");
    }

    SmallScans scans() {
        return scans;
    }

    Path outputs() {
        return folder.resolve("outputs");
    }

    /** The outputs on the small disk. */
    Path smallOutputs() {
        return folder.resolve("small");
    }

    Path scratch() {
        return folder.resolve("scratch");
    }

    /** SIGTERM to all workers; gives those that had not ended in time. */
    List<WorkerHost> drain(Duration limit) {
        hosts.forEach(host -> host.worker().terminate());
        return hosts.stream().filter(host -> !host.worker().awaitEnd(limit)).toList();
    }

    /** Starts a last worker, so that what the dead have left is swept. */
    void sweep() {
        WorkerHost last = hosts.get(hosts.size() - 1);
        last.start();
        last.awaitMember();
        last.worker().terminate();
        last.worker().awaitEnd(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        hosts.forEach(WorkerHost::close);
        broker.close();
        gate.close();
        bucketGate.close();
        bucket.close();
        disk.ifPresent(SmallDisk::close);
    }
}
