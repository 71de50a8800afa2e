package io.deformux.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.standalone.chaos.Ledger.Sent;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every record has one outcome, whatever happens to workers, broker, network, disk and clock, and no later than a
 * minute after that is over (the long form). One of twenty records is an odd one. The seed is printed; {@code -Dchaos.seed=N} gives it again.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Chaos {
    private static final int ODD_ONE_OF = 20;
    private static final int PARTITIONS = 16;

    final ChaosScale scale;
    private final long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    final Random random = new Random(seed);
    private final ChaosTable table = new ChaosTable();

    ChaosSite site;
    Ledger ledger;
    private int records;
    private int odd;

    Chaos(ChaosScale scale) {
        this.scale = scale;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        System.out.println("chaos: -Dchaos.seed=" + seed);
        site = new ChaosSite(folder, scale, "chaos-" + seed);
        site.start();
        ledger = new Ledger(site.broker().address());
    }

    /** After what another test did to them. */
    @BeforeEach
    void awaitAllWorkers() {
        site.hosts().forEach(WorkerHost::awaitMember);
    }

    /** What holds of all records together, once nothing can come any more. */
    @AfterAll
    void everyRecordHasOneOutcomeAndNothingIsLeft() throws IOException {
        try (ChaosSite closed = site;
                Ledger read = ledger) {
            assertThat(site.drain(Duration.ofSeconds(40)))
                    .as("ended after SIGTERM")
                    .isEmpty();
            site.sweep();
            ledger.readToTheEnd();
            System.out.println("chaos: " + ledger.all().size() + " records, seed " + seed + "\n" + table.text(ledger));
            assertThat(ledger.all()).isNotEmpty().allSatisfy(one -> assertThat(ledger.outcomes(one))
                    .as("outcomes of %s", one)
                    .isEqualTo(1));
            assertThat(ledger.unexpected()).isEmpty();
            assertThat(ledger.completed()).isNotEmpty();
            assertThat(ledger.completed())
                    .flatExtracting(SegmentationCompleted::outputs)
                    .extracting(OutputFile::role)
                    .contains("measurements", "dicom-seg");
            assertThat(ledger.all())
                    .extracting(one -> ledger.topic(one))
                    .contains(Topics.SCAN_ARRIVED, Topics.SCAN_URGENT);
            for (SegmentationCompleted result : ledger.completed()) {
                for (OutputFile output : result.outputs()) {
                    assertThat(digest(output.uri())).as(output.toString()).isEqualTo(output.sha256());
                }
            }
            assertThat(LeftOvers.ofOutputs(site.outputs())).isEmpty();
            assertThat(LeftOvers.ofOutputs(site.smallOutputs())).isEmpty();
            assertThat(LeftOvers.ofScratch(site.scratch())).isEmpty();
            assertThat(site.bucket().objects.keySet()).noneMatch(key -> key.contains("/.") || key.contains(".part"));
        }
    }

    private String digest(URI output) throws IOException {
        return output.getScheme().equals("s3")
                ? Digest.of(site.bucket().objects.get("/" + output.getHost() + output.getPath()))
                : Digest.of(Path.of(output));
    }

    @Test
    void killedWorkersLoseNoJob() {
        int left = scale.kills();
        while (left > 0) {
            int kills = Math.min(left, scale.killsPerRound());
            List<Sent> sent = new ArrayList<>();
            for (int n = 0; n < kills; n++) {
                sent.addAll(
                        send(Math.max(1, scale.jobs() / kills), site.outputs().toUri()));
                ledger.read(Duration.ofMillis(random.nextInt(1000)));
                WorkerHost host = anyMember();
                host.worker().kill();
                host.start();
                ledger.read(Duration.ofMillis(1000 + random.nextInt(1000)));
            }
            awaitOutcomes("a worker is killed (SIGKILL)", kills, sent);
            left -= kills;
        }
    }

    @Test
    void aWorkerThatStoodStillForLongerThanItsSessionDoublesNothing() {
        for (int round = 0; round < scale.rounds(); round++) {
            WorkerHost host = site.hosts().get(random.nextInt(site.hosts().size()));
            List<Sent> sent = send(scale.jobs() / 2, site.outputs().toUri());
            ledger.read(Duration.ofMillis(random.nextInt(1000)));
            host.worker().freeze();
            sent.addAll(send(scale.jobs() / 2, site.outputs().toUri()));
            ledger.read(scale.session().plusSeconds(2));
            host.worker().thaw();
            awaitOutcomes("a worker stands still (SIGSTOP) beyond its session", 1, sent);
        }
    }

    @Test
    void aWorkerThatIsCutOffFromKafkaDoublesNothing() {
        for (int round = 0; round < scale.rounds(); round++) {
            List<Sent> sent = send(scale.jobs() / 2, site.outputs().toUri());
            ledger.read(Duration.ofMillis(random.nextInt(1000)));
            site.gate().shut();
            sent.addAll(send(scale.jobs() / 2, site.outputs().toUri()));
            ledger.read(scale.session().plusSeconds(3));
            site.gate().open();
            awaitOutcomes("a worker is cut off from Kafka beyond its session", 1, sent);
        }
    }

    @Test
    void aBrokerThatIsKilledAndComesBackLosesNothing() {
        for (int round = 0; round < scale.rounds(); round++) {
            List<Sent> sent = send(scale.jobs(), site.outputs().toUri());
            ledger.read(Duration.ofMillis(500 + random.nextInt(1500)));
            site.broker().kill();
            ledger.read(Duration.ofMillis(2000 + random.nextInt(2000)));
            site.broker().start();
            awaitOutcomes("the broker is killed and comes back", 1, sent);
        }
    }

    @Test
    void workersThatStartWhileTheBrokerIsAwayWaitForIt() {
        for (int round = 0; round < scale.rounds(); round++) {
            List<Sent> sent = send(scale.jobs(), site.outputs().toUri());
            site.broker().kill();
            WorkerHost host = site.hosts().get(random.nextInt(site.hosts().size()));
            host.worker().kill();
            host.start();
            ledger.read(Duration.ofMillis(4000 + random.nextInt(2000)));
            site.broker().start();
            host.awaitMember();
            awaitOutcomes("a worker starts while the broker is away", 1, sent);
        }
    }

    @Test
    void aBucketThatAnswersWithErrorsOrNotAtAllIsWaitedFor() {
        for (int round = 0; round < scale.rounds(); round++) {
            boolean silent = round % 2 == 1;
            setBucket(!silent, silent);
            List<Sent> sent = send(scale.jobs() / 2, site.bucketOutputs());
            sent.addAll(send(scale.jobs() / 2, site.outputs().toUri()));
            ledger.read(Duration.ofSeconds(8));
            setBucket(false, false);
            awaitOutcomes(
                    silent ? "the bucket of the outputs does not answer" : "the bucket answers with 503", 1, sent);
        }
    }

    private void setBucket(boolean failing, boolean silent) {
        site.bucket().status = failing ? 503 : 0;
        if (silent) {
            site.bucketGate().shut();
        } else {
            site.bucketGate().open();
        }
    }

    @Test
    void aWorkerThatIsToldToStopGivesItsJobsToOthers() {
        for (int round = 0; round < scale.rounds(); round++) {
            List<Sent> sent = send(scale.jobs(), site.outputs().toUri());
            ledger.read(Duration.ofMillis(random.nextInt(1000)));
            WorkerHost host = site.hosts().get(random.nextInt(site.hosts().size()));
            host.worker().terminate();
            assertThat(host.worker().awaitEnd(Duration.ofSeconds(40))).isTrue();
            host.start();
            awaitOutcomes("a worker is told to stop (SIGTERM)", 1, sent);
        }
    }

    @Test
    void recordsThatNobodyCanReadEachAreOneLetterAndOddOnesAreDone() {
        List<Sent> sent = new ArrayList<>();
        for (RecordKind kind : RecordKind.odd()) {
            sent.add(send(kind, site.outputs().toUri()));
            sent.add(send(RecordKind.GOOD, site.outputs().toUri()));
        }
        awaitOutcomes("records of every odd kind", RecordKind.odd().size(), sent);
    }

    /** One of those that may have a job: not one that still begins. */
    private WorkerHost anyMember() {
        List<WorkerHost> members =
                site.hosts().stream().filter(WorkerHost::isMember).toList();
        if (members.isEmpty()) {
            WorkerHost next = site.hosts().get(random.nextInt(site.hosts().size()));
            next.awaitMember();
            return next;
        }
        return members.get(random.nextInt(members.size()));
    }

    List<Sent> send(int jobs, URI output) {
        List<Sent> sent = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            boolean isOdd = ++records % ODD_ONE_OF == 0;
            RecordKind kind =
                    isOdd ? RecordKind.odd().get(odd++ % RecordKind.odd().size()) : RecordKind.GOOD;
            sent.add(send(kind, output));
        }
        return sent;
    }

    private Sent send(RecordKind kind, URI output) {
        return ledger.send(site.scans().next(output), kind, random.nextInt(PARTITIONS));
    }

    /** From now on the cause is gone. */
    void awaitOutcomes(String fault, int times, List<Sent> sent) {
        long gone = System.nanoTime();
        List<Sent> open = ledger.awaitOutcomes(sent, scale.latest());
        assertThat(open)
                .as("without an outcome %d s after: %s", scale.latest().toSeconds(), fault)
                .isEmpty();
        Duration recovery = Duration.ofNanos(Math.max(0, ledger.lastResult(sent) - gone));
        table.add(fault, times, sent, recovery);
    }
}
