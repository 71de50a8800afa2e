package io.deformux.worker.train.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.GivenFold;
import io.deformux.worker.train.dataset.TrainingCase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Folds are disjoint, complete, balanced and the same for the same seed. */
class FoldsTest {

    @Property(tries = 200)
    void everyCaseValidatesOnceAndTrainsInAllOtherFolds(
            @ForAll @IntRange(min = 2, max = 60) int cases, @ForAll @IntRange(max = 58) int extra, @ForAll long seed) {
        int k = 2 + extra % (cases - 1);
        List<String> ids = ids(cases);

        List<Fold> folds = Folds.random(ids, k, seed);

        assertThat(folds).hasSize(k);
        assertThat(folds.stream().flatMap(fold -> fold.validation().stream())).containsExactlyInAnyOrderElementsOf(ids);
        for (Fold fold : folds) {
            assertThat(fold.train()).doesNotContainAnyElementsOf(fold.validation());
            assertThat(fold.train().size() + fold.validation().size()).isEqualTo(cases);
            assertThat(fold.validation().size()).isBetween(cases / k, cases / k + 1);
        }
        assertThat(Folds.random(ids.stream().sorted((a, b) -> b.compareTo(a)).toList(), k, seed))
                .as("the order of the ids does not matter")
                .isEqualTo(folds);
    }

    @Test
    void anotherSeedGivesOtherFolds() {
        assertThat(Folds.random(ids(20), 4, 1)).isNotEqualTo(Folds.random(ids(20), 4, 2));
    }

    @Test
    void moreFoldsThanCasesAreRefused() {
        assertThatThrownBy(() -> Folds.random(ids(3), 4, 0))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FOLDS_INVALID))
                .hasMessageContaining("3 cases");
        assertThatThrownBy(() -> Folds.random(ids(3), 1, 0)).isInstanceOf(JobException.class);
    }

    @Test
    void givenSplitsAreTakenAsTheyAre() {
        Dataset dataset = dataset(3);

        List<Fold> folds = Folds.given(List.of(new GivenFold(List.of("case01", "case02"), List.of("case00"))), dataset);

        assertThat(folds).containsExactly(new Fold(0, List.of("case01", "case02"), List.of("case00")));
    }

    @Test
    void splitsThatDoNotFitAreRefused() {
        Dataset dataset = dataset(3);
        List<GivenFold> wrong = List.of(
                new GivenFold(List.of("case00"), List.of("stranger")),
                new GivenFold(List.of("case00", "case01"), List.of("case01")),
                new GivenFold(List.of("case00"), List.of()));

        for (GivenFold fold : wrong) {
            assertThatThrownBy(() -> Folds.given(List.of(fold), dataset))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FOLDS_INVALID));
        }
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj("case%02d"::formatted).toList();
    }

    private static Dataset dataset(int count) {
        Path none = Path.of("none");
        return new Dataset(
                ids(count).stream().map(id -> new TrainingCase(id, none, none)).toList(),
                List.of("background", "organ"),
                List.of());
    }
}
