package io.deformux.worker.infer.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassFileNamesTest {
    static Stream<List<String>> models() {
        String longName = "x".repeat(120);
        return Stream.of(
                List.of("background", "liver", "left kidney"),
                List.of("background", "Liver", "liver", "liver-1", "liver-2", "liver-1-1"),
                List.of("background", "a b", "a/b", "a_b-1", "a_b-2-2", "a?b"),
                List.of("background", longName, longName + "y", longName + "-1"),
                List.of("background", "-", "_", "class-"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void noTwoClassesAreCalledAlikeWhateverTheyAre(List<String> classes) {
        List<String> names = names(classes);

        assertThat(names.stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9][a-z0-9._-]{0,120}"));
    }

    @Test
    void aNameThatIsAloneStaysAsItIs() {
        assertThat(names(List.of("background", "left kidney", "liver", "LIVER", "liver-2")))
                .containsExactly("background", "left_kidney", "liver-2-2", "LIVER-3", "liver-2");
    }

    private static List<String> names(List<String> classes) {
        ClassFileNames names = new ClassFileNames(classes);
        List<String> all = new ArrayList<>();
        for (int value = 0; value < classes.size(); value++) {
            all.add(names.of(value));
        }
        return all;
    }
}
