package io.deformux.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ModelPublished;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.command.ExitCode;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.storage.Digest;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two training workers that are killed, or stand still until their fold is another's too: each fold has one result, the
 * training one end and one model, whose weights are those that validated best.
 */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class TrainingChaosTest {
    private static final Duration LATEST = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final int ITERATIONS = 600;
    private static final int KILLS = Integer.getInteger("chaos.training.kills", 6);

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final List<WorkerHost> hosts = new ArrayList<>();
    private final List<Event> seen = new ArrayList<>();
    private BrokerProcess broker;
    private EventReader reader;

    @BeforeEach
    void start() throws IOException {
        System.out.println("chaos: -Dchaos.seed=" + seed);
        for (String each : List.of("broker", "models", "out", "scratch", "logs")) {
            Files.createDirectory(folder.resolve(each));
        }
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(folder.resolve("data"), 4);
        broker = new BrokerProcess(folder.resolve("broker"), BrokerProcess.freePort());
        broker.start();
        KafkaConnection kafka = KafkaConnection.of(broker.address());
        TopicSetup.create(kafka);
        reader = new EventReader(
                kafka,
                List.of(Topics.TRAINING_RESULT, Topics.MODEL_PUBLISHED, Topics.PROGRESS),
                EventReader.From.EARLIEST);
        for (int n = 0; n < 2; n++) {
            hosts.add(new WorkerHost(
                    folder.resolve("logs"),
                    "trainer-" + n,
                    List.of("-Xmx512m", "-XX:TieredStopAtLevel=4"),
                    arguments()));
        }
        hosts.forEach(WorkerHost::start);
        hosts.forEach(WorkerHost::awaitMember);
    }

    @AfterEach
    void end() {
        hosts.forEach(WorkerHost::close);
        reader.close();
        broker.close();
    }

    @Test
    void workersThatAreKilledInTheirFoldsLoseAndDoubleNothing() throws IOException {
        send("killed", 2, "0,1");
        awaitProgress("killed", 2);
        Duration slowest = Duration.ZERO;
        int kills = 0;
        while (kills < KILLS && all(TrainingCompleted.class).isEmpty()) {
            kills++;
            WorkerHost host = hosts.get(random.nextInt(hosts.size()));
            host.worker().kill();
            long killed = System.nanoTime();
            host.start();
            awaitAnyProgress("killed", 2);
            Duration recovery = Duration.ofNanos(System.nanoTime() - killed);
            slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
            read(Duration.ofMillis(random.nextInt(3000)));
        }
        assertThat(kills).as("the training was not over before").isGreaterThan(1);
        assertThat(slowest).isLessThan(LATEST);
        assertOneEnd("killed", 2);
        report("a training worker is killed (SIGKILL) in its fold", kills, 2, slowest);
    }

    @Test
    void aFoldThatTwoWorkersHaveHasOneResult() throws IOException {
        send("both", 2, "0");
        awaitProgress("both", 1);
        Duration slowest = Duration.ZERO;
        for (WorkerHost host : hosts) { // one of them has the fold
            host.worker().freeze();
            read(SESSION.plusSeconds(3));
            host.worker().thaw();
            long thawed = System.nanoTime();
            awaitProgress("both", 1);
            Duration recovery = Duration.ofNanos(System.nanoTime() - thawed);
            slowest = recovery.compareTo(slowest) > 0 ? recovery : slowest;
        }
        assertThat(slowest).isLessThan(LATEST);
        assertOneEnd("both", 1);
        report("a training worker stands still (SIGSTOP) while another takes its fold", hosts.size(), 1, slowest);
    }

    private void report(String fault, int times, int folds, Duration slowest) {
        System.out.printf(
                Locale.ROOT,
                "chaos: seed %d%n| %s | %d | %d folds | 0 | 0 | %.1f s |%n",
                seed,
                fault,
                times,
                folds,
                slowest.toMillis() / 1e3);
    }

    /** Reads on to the training's end, and on for a while: a second end would have come by then. */
    private void assertOneEnd(String id, int folds) throws IOException {
        await().atMost(Duration.ofMinutes(8)).until(() -> {
            read(Duration.ofMillis(200));
            return seen.stream().anyMatch(event -> isEnd(event, id));
        });
        read(SESSION.plusSeconds(4));
        assertThat(all(TrainingFoldFailed.class)).isEmpty();
        assertThat(all(TrainingFailed.class)).isEmpty();
        List<FoldResult> results = all(TrainingFoldCompleted.class).stream()
                .filter(event -> event.trainingId().equals(id))
                .map(TrainingFoldCompleted::result)
                .toList();
        assertThat(results).extracting(FoldResult::fold).doesNotHaveDuplicates().hasSize(folds);
        assertThat(all(TrainingCompleted.class)).hasSize(1);
        assertThat(all(ModelPublished.class)).hasSize(1);
        ModelPackage model =
                ModelPackage.open(Path.of(all(ModelPublished.class).get(0).uri()));
        for (FoldResult result : results) {
            assertThat(model.manifest().members())
                    .anyMatch(member -> member.sha256().equals(best(result.fold())));
        }
        assertThat(LeftOvers.ofScratch(folder.resolve("scratch"))).isEmpty();
        try (var files = Files.walk(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(
                            name -> name.startsWith(".job-") || name.startsWith(".deformux-") || name.equals(".owner"));
        }
    }

    private String best(int fold) {
        try {
            return Digest.of(folder.resolve("out/fold-" + fold + "/best.pt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEnd(Event event, String id) {
        return (event instanceof TrainingCompleted || event instanceof TrainingFailed)
                && event.key().equals(id);
    }

    private <E extends Event> List<E> all(Class<E> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until each of a training's folds has gone on from now, or is done. */
    private void awaitProgress(String id, int folds) {
        read(Duration.ofMillis(300)); // what was said before
        int from = seen.size();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            read(Duration.ofMillis(100));
            return IntStream.range(0, folds).allMatch(fold -> isDone(fold) || goesOn(id + "-fold-" + fold, from));
        });
    }

    /** Waits until a fold has gone on from now; another one may wait behind it, where one worker has the partitions of both. */
    private void awaitAnyProgress(String id, int folds) {
        read(Duration.ofMillis(300)); // what was said before
        int from = seen.size();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            read(Duration.ofMillis(100));
            return !all(TrainingCompleted.class).isEmpty()
                    || IntStream.range(0, folds).anyMatch(fold -> goesOn(id + "-fold-" + fold, from));
        });
    }

    private boolean isDone(int fold) {
        return all(TrainingFoldCompleted.class).stream()
                .anyMatch(done -> done.result().fold() == fold);
    }

    private boolean goesOn(String key, int from) {
        return seen.stream()
                .skip(from)
                .anyMatch(event -> event instanceof JobProgress progress
                        && progress.jobId().equals(key));
    }

    private void read(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            reader.read(Duration.ofMillis(100)).stream()
                    .map(ReceivedEvent::event)
                    .forEach(seen::add);
        } while (System.nanoTime() - end < 0);
    }

    private void send(String id, int folds, String only) {
        int code = Deformux.commandLine()
                .execute(
                        "send",
                        "training",
                        "--bootstrap-servers",
                        broker.address(),
                        "--dataset",
                        folder.resolve("data").toString(),
                        "--output",
                        folder.resolve("out").toString(),
                        "--model",
                        "trained",
                        "--training-id",
                        id,
                        "--folds",
                        Integer.toString(folds),
                        "--only",
                        only,
                        "--window=-200,300",
                        "--feature-sizes",
                        "4,4,8,8",
                        "--depths",
                        "1,1,1,1",
                        "--hidden",
                        "8",
                        "--roi",
                        "32,16,16",
                        "--crops",
                        "1",
                        "--no-augmentation",
                        "--iterations",
                        Integer.toString(ITERATIONS),
                        "--validation-interval",
                        "5",
                        "--seed",
                        "1");
        assertThat(code).isEqualTo(ExitCode.OK);
    }

    private List<String> arguments() {
        return List.of(
                "train-worker",
                "--bootstrap-servers",
                broker.address(),
                "--models",
                folder.resolve("models").toString(),
                "--allow-input",
                folder.resolve("data").toString(),
                "--allow-output",
                folder.resolve("out").toString(),
                "--scratch",
                folder.resolve("scratch").toString(),
                "--session-timeout-seconds",
                Long.toString(SESSION.toSeconds()),
                "--crashes",
                "100",
                "--environment-seconds",
                "1,5",
                "--retry-seconds",
                "1,5");
    }
}
