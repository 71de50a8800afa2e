package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingSpec;
import io.deformux.worker.train.testing.Trainings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is asked for becomes a plan by the data set's listings alone. */
class FoldPlanTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void cases() throws IOException {
        for (String id : List.of("a", "b", "c")) {
            for (String part : id.equals("c") ? List.of("imagesVal", "labelsVal") : List.of("imagesTr", "labelsTr")) {
                Files.createDirectories(folder.resolve(part));
                Files.createFile(folder.resolve(part).resolve(id + ".nii"));
            }
        }
        log.start();
        ((Logger) LoggerFactory.getLogger(FoldPlan.class)).addAppender(log);
    }

    @AfterEach
    void detach() {
        ((Logger) LoggerFactory.getLogger(FoldPlan.class)).detachAppender(log);
    }

    @Test
    void theFoldsOfTheDataSetAreTakenIfTheyAreAsManyAsAskedFor() {
        FoldPlan plan = plan(Trainings.spec(Split.drawn(1), -125, 275));

        assertThat(plan.fold().validation()).containsExactly("c");
        assertThat(log.list).isEmpty();
    }

    @Test
    void itIsSaidThatTheyAreNotTaken() {
        FoldPlan plan = plan(Trainings.spec(Split.drawn(3), -125, 275));

        assertThat(plan.fold().train()).hasSize(2);
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("brings 1 fold(s) of its own and 3 are asked for: these are drawn with the seed");
    }

    @Test
    void anNnFormerIsTrainedWithDeepSupervisionUnlessItIsTurnedOff() {
        assertThat(network(Map.of()).lossWeights()).containsExactly(4.0 / 7, 2.0 / 7, 1.0 / 7);
        assertThat(network(Map.of("deepSupervision", BooleanNode.FALSE)).lossWeights())
                .containsExactly(1.0);
    }

    private NetworkConfig network(Map<String, JsonNode> settings) {
        TrainingSpec spec = Trainings.spec(Split.drawn(3), -125, 275);
        return plan(new TrainingSpec(
                        spec.dataset(),
                        spec.preprocessing(),
                        spec.split(),
                        new ArchitectureSpec("nnformer", settings),
                        spec.settings(),
                        spec.seed(),
                        Optional.empty()))
                .settings()
                .network();
    }

    private FoldPlan plan(TrainingSpec spec) {
        return FoldPlan.of(spec, 0, folder, Optional.empty());
    }
}
