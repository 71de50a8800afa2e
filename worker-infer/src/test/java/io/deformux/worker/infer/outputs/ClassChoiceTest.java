package io.deformux.worker.infer.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.OutputChoice;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class ClassChoiceTest {
    private static final List<String> NAMES = List.of("background", "liver", "spleen", "right kidney");

    private static OutputChoice asking(List<String> classes, List<String> statistics) {
        return new OutputChoice(
                Optional.of(classes).filter(list -> !list.isEmpty()),
                Optional.of(statistics).filter(list -> !list.isEmpty()));
    }

    @Test
    void whoAsksForNothingGetsAllButBackground() {
        assertThat(ClassChoice.all(NAMES)).isEqualTo(new ClassChoice(List.of(1, 2, 3), List.of(1, 2, 3)));
    }

    @Test
    void whatIsWantedIsMeasuredUnlessLessIsAskedFor() {
        assertThat(ClassChoice.of(NAMES, asking(List.of("right kidney", "liver", "liver"), List.of())))
                .isEqualTo(new ClassChoice(List.of(1, 3), List.of(1, 3)));
        assertThat(ClassChoice.of(NAMES, asking(List.of("right kidney", "liver"), List.of("liver"))))
                .isEqualTo(new ClassChoice(List.of(1, 3), List.of(1)));
    }

    @Test
    void aClassThatTheModelDoesNotHaveIsRefusedWithThoseThatItHas() {
        assertRefused(asking(List.of("liver", "secret"), List.of()))
                .withMessageContaining("number 2")
                .withMessageContaining("liver, spleen, right kidney")
                .withMessageNotContaining("secret");
        assertRefused(asking(List.of("background"), List.of()));
        assertRefused(asking(List.of("Liver"), List.of()));
    }

    @Test
    void whatIsNotWantedCannotBeMeasured() {
        assertRefused(asking(List.of("liver"), List.of("spleen"))).withMessageContaining("the job is about: liver");
    }

    private static ThrowableAssertAlternative<JobException> assertRefused(OutputChoice asked) {
        return assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> ClassChoice.of(NAMES, asked))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CLASS_UNKNOWN));
    }

    @Test
    void whatIsNotWantedBecomesBackground() {
        LabelMap map = new LabelMap(
                new Geometry(new Shape3(1, 1, 5), Affine.scaling(1, 1, 1)), new byte[] {0, 1, 2, 3, (byte) 200});
        new ClassChoice(List.of(1, 3), List.of()).keepWanted(map);
        assertThat(map.labels()).containsExactly(0, 1, 0, 3, 0);
    }

    @Test
    void aFileIsCalledAfterItsClassAndNoTwoAlike() {
        ClassFileNames names = new ClassFileNames(
                List.of("background", "liver", "right kidney", "Right_Kidney", "../etc", "", "\u00e9"));
        assertThat(names.of(1)).isEqualTo("liver");
        assertThat(names.of(2)).isEqualTo("right_kidney-2");
        assertThat(names.of(3)).isEqualTo("Right_Kidney-3");
        assertThat(names.of(4)).isEqualTo("class.._etc");
        assertThat(names.of(5)).isEqualTo("class");
        assertThat(names.of(6)).isEqualTo("class_");
    }
}
