package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.job.JobObserver;
import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.ModelPublished;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.schemas.TrainingRequested;
import io.deformux.worker.train.plan.PlanApp;
import io.deformux.worker.train.testing.FoldModels;
import io.deformux.worker.train.testing.Observed;
import io.deformux.worker.train.testing.OwnKafka;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a request to a published model on a broker; only the training of a fold is pretended. */
@Timeout(180)
class TrainingWorkerTest {
    @RegisterExtension
    static final OwnKafka KAFKA = new OwnKafka();

    @TempDir
    static Path folder;

    private EventPublisher publisher;
    private Observed observed;

    @BeforeEach
    void open() {
        publisher = new EventPublisher(KAFKA.connection(), URI.create("urn:deformux:test"));
        observed = new Observed(KAFKA.connection());
    }

    @AfterEach
    void close() {
        publisher.close();
        observed.close();
    }

    @Test
    void aRequestEndsInOnePublishedModelHoweverOftenItIsSent() {
        try (TrainingWorker one = start(Pretended.folds(folder));
                TrainingWorker two = start(Pretended.folds(folder))) {
            publisher.publish(request("whole", 3));
            publisher.publish(request("whole", 3));
            TrainingCompleted completed = completed("whole");
            publisher.publish(request("whole", 3));
            publisher.publish(request("after-whole", 1));
            completed("after-whole");

            assertThat(completed.folds()).extracting(FoldResult::fold).containsExactly(0, 1, 2);
            assertThat(completed.meanDice()).isEqualTo(0.9);
            assertThat(completed.dice()).singleElement().satisfies(label -> assertThat(label.folds())
                    .isEqualTo(3));
            ModelPackage model =
                    store().open(new ModelId("organs", completed.model().version()));
            assertThat(model.digest()).isEqualTo(completed.model().sha256());
            assertThat(model.manifest().members()).hasSize(3);
        }
        assertThat(observed.all(TrainingCompleted.class, event -> is("whole", event)))
                .hasSize(1);
        assertThat(observed.all(TrainingFoldCompleted.class, event -> is("whole", event)))
                .hasSize(3);
        assertThat(observed.all(
                        ModelPublished.class, event -> event.trainingId().equals(Optional.of("whole"))))
                .singleElement()
                .satisfies(event -> assertThat(Path.of(event.uri())).isDirectory())
                .satisfies(event ->
                        assertThat(event.provenance().orElseThrow().folds()).hasSize(3));
        assertThat(observed.all(TrainingFailed.class, event -> is("whole", event)))
                .isEmpty();
    }

    @Test
    void aFoldThatFailsForGoodEndsTheTrainingOnce() {
        FoldRunner second = (fold, context) -> {
            if (fold.fold() == 1) {
                throw new JobException(FailureCode.DATASET_INVALID, "The data set is no data set.");
            }
            return Pretended.folds(folder).run(fold, context);
        };
        try (TrainingWorker worker = start(second)) {
            publisher.publish(request("failing", 3));
            TrainingFailed failed = observed.await(TrainingFailed.class, event -> is("failing", event));
            publisher.publish(request("after-failing", 1));
            completed("after-failing");

            assertThat(failed.code()).isEqualTo("FOLD_FAILED");
            assertThat(failed.failedFolds()).singleElement().satisfies(fold -> assertThat(fold.code())
                    .isEqualTo("DATASET_INVALID"));
        }
        assertThat(observed.all(TrainingFoldFailed.class, event -> is("failing", event)))
                .hasSize(1);
        assertThat(observed.all(TrainingFailed.class, event -> is("failing", event)))
                .hasSize(1);
        assertThat(observed.all(TrainingCompleted.class, event -> is("failing", event)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"training", "fold"})
    void aCancelledTrainingOrFoldEndsWhereItRunsAndWhatWaitsOfItIsNotBegun(String kind) {
        String training = "cancelled-" + kind;
        List<String> begun = Collections.synchronizedList(new ArrayList<>());
        try (TrainingWorker worker = start((fold, context) -> {
            if (!fold.trainingId().equals(training)) {
                return Pretended.folds(folder).run(fold, context);
            }
            begun.add(fold.key());
            new CountDownLatch(1).await(); // until it is interrupted
            throw new IllegalStateException("nobody counts down");
        })) {
            publisher.publish(request(training, kind.equals("fold") ? 1 : 3));
            await().atMost(Duration.ofSeconds(60)).until(() -> !begun.isEmpty());

            publisher.publish(new JobCancel(kind.equals("fold") ? begun.get(0) : training));
            TrainingFailed failed = observed.await(TrainingFailed.class, event -> is(training, event));
            publisher.publish(request("after-" + training, 3));
            completed("after-" + training);

            assertThat(failed.failedFolds()).isNotEmpty().allSatisfy(fold -> assertThat(fold.code())
                    .isEqualTo("JOB_CANCELLED_BY_REQUEST"));
            assertThat(begun).as("folds that have begun").hasSize(1);
        }
    }

    @Test
    void theFoldOfAStoppedWorkerGoesOnElsewhere() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        try (TrainingWorker worker = start((fold, context) -> {
            begun.countDown();
            new CountDownLatch(1).await(); // until it is interrupted
            throw new IllegalStateException("nobody counts down");
        })) {
            publisher.publish(request("stopped", 1));
            begun.await();
            assertThat(worker.stop(Duration.ZERO)).isTrue();
        }
        try (TrainingWorker worker = start((fold, context) -> {
            attempts.add(context.attempt());
            return Pretended.folds(folder).run(fold, context);
        })) {
            completed("stopped");
        }
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void theFoldOfAKilledWorkerGoesOnElsewhereAndTheTrainingCompletesOnce() throws Exception {
        List<String> begun = Collections.synchronizedList(new ArrayList<>());
        try (TrainingWorkerProcess victim = new TrainingWorkerProcess(KAFKA.connection(), folder)) {
            publisher.publish(request("killed", 3));
            String running = victim.awaitFold();
            victim.kill();
            try (TrainingWorker worker = start((fold, context) -> {
                begun.add(fold.key() + " " + context.attempt());
                return Pretended.folds(folder).run(fold, context);
            })) {
                assertThat(completed("killed").folds()).hasSize(3);
                assertThat(begun).contains(running + " 2").hasSize(3);
                publisher.publish(request("after-killed", 1));
                completed("after-killed");
            }
        }
        assertThat(observed.all(TrainingCompleted.class, event -> is("killed", event)))
                .hasSize(1);
        assertThat(observed.all(TrainingFailed.class, event -> is("killed", event)))
                .isEmpty();
    }

    @Test
    void aPublicationWhoseWorkerDiedAfterTheStoreIsFinishedByAnother() {
        TrainingWorkerConfig config = Pretended.config(KAFKA.connection(), folder);
        TrainingReady ready;
        try (PlanApp plan = PlanApp.start(
                config.kafka(),
                config.planGroup(),
                config.folds().source(),
                config.folds().sessionTimeout(),
                JobObserver.NONE)) {
            publisher.publish(request("half", 1));
            observed.await(
                    TrainingFoldRequested.class, event -> event.trainingId().equals("half"));
            publisher.publish(new TrainingFoldCompleted(
                    "half",
                    Trainings.result(
                            0, 0.8, FoldModels.write(folder.resolve("out").resolve("half"), 0))));
            ready = observed.await(TrainingReady.class, event -> is("half", event));
        }
        ModelPackage stored = TrainingWorker.publication(config).publish(ready, () -> {});

        try (TrainingWorker worker = start(Pretended.folds(folder))) {
            assertThat(completed("half").model().sha256()).isEqualTo(stored.digest());
            publisher.publish(request("after-half", 1));
            completed("after-half");
        }
        assertThat(observed.all(TrainingCompleted.class, event -> is("half", event)))
                .hasSize(1);
        assertThat(store().open(stored.id()).digest()).isEqualTo(stored.digest());
    }

    private TrainingCompleted completed(String id) {
        return observed.await(TrainingCompleted.class, event -> is(id, event));
    }

    private static boolean is(String id, Event event) {
        return event.key().equals(id);
    }

    private static TrainingRequested request(String id, int folds) {
        return Trainings.request(id, folds);
    }

    private static ModelStore store() {
        return new ModelStore(folder.resolve("models"));
    }

    private static TrainingWorker start(FoldRunner runner) {
        return TrainingWorker.start(Pretended.config(KAFKA.connection(), folder), runner);
    }
}
