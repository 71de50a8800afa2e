package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputChoiceTest {
    private static OutputChoice choice(List<String> classes, List<String> statistics, List<String> radiomics) {
        return new OutputChoice(
                some(classes),
                some(statistics),
                Optional.empty(),
                Optional.empty(),
                some(radiomics),
                Optional.of("count:16"));
    }

    private static Optional<List<String>> some(List<String> names) {
        return Optional.of(names).filter(list -> !list.isEmpty());
    }

    @Test
    void whoSaysNothingGetsWhatTheOtherSays() {
        OutputChoice other = choice(List.of("liver", "spleen"), List.of("liver"), List.of("liver"));
        assertThat(OutputChoice.NONE.or(other)).isEqualTo(other);
    }

    @Test
    void whoNamesClassesIsNotBoundToListsOfOtherClasses() {
        OutputChoice other = choice(List.of("liver", "spleen"), List.of("liver"), List.of("liver"));
        OutputChoice own = OutputChoice.of(Optional.of(List.of("stomach")), Optional.empty());
        OutputChoice both = own.or(other);
        assertThat(both.classes()).contains(List.of("stomach"));
        assertThat(both.statistics()).isEmpty();
        assertThat(both.radiomics()).isEmpty();
        assertThat(both.radiomicsBins()).contains("count:16");
    }

    @Test
    void allIsAllWhoeverNamesTheClasses() {
        OutputChoice other = choice(List.of(), List.of(), OutputChoice.ALL);
        OutputChoice own = OutputChoice.of(Optional.of(List.of("stomach")), Optional.empty());
        assertThat(own.or(other).radiomics()).contains(OutputChoice.ALL);
    }
}
