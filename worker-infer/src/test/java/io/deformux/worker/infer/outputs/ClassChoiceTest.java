package io.deformux.worker.infer.outputs;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.radiomics.Discretisation;
import io.deformux.schemas.OutputChoice;
import io.deformux.transform.LabelRule;
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
        return OutputChoice.of(
                Optional.of(classes).filter(list -> !list.isEmpty()),
                Optional.of(statistics).filter(list -> !list.isEmpty()));
    }

    private static ClassChoice choice(List<Integer> wanted, List<Integer> measured) {
        return new ClassChoice(wanted, measured, List.of(), Optional.empty());
    }

    @Test
    void featuresAreOfMeasuredClassesOrOfAllOfThem() {
        assertThat(describing(List.of("liver", "spleen"), List.of("spleen")).described())
                .containsExactly(2);
        ClassChoice all = describing(List.of("liver", "spleen"), List.of("all"));
        assertThat(all.described()).containsExactly(1, 2);
        assertThat(all.bins()).contains(new Discretisation.FixedCount(16));
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> describing(List.of("liver"), List.of("spleen")))
                .withMessageContaining("radiomics")
                .withMessageContaining("are measured: liver");
    }

    private static ClassChoice describing(List<String> statistics, List<String> radiomics) {
        return ClassChoice.of(
                NAMES,
                LabelRule.LARGEST,
                new OutputChoice(
                        Optional.empty(),
                        Optional.of(statistics),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(radiomics),
                        Optional.of("count:16")));
    }

    @Test
    void whoAsksForNothingGetsAllButBackground() {
        assertThat(ClassChoice.all(NAMES)).isEqualTo(choice(List.of(1, 2, 3), List.of(1, 2, 3)));
    }

    @Test
    void aLabelThatNoRegionIsWrittenAsIsThereOnlyForWhoAsksForIt() {
        LabelRule rule = new LabelRule(List.of(3, 1, 3));
        assertThat(ClassChoice.of(NAMES, rule, OutputChoice.NONE)).isEqualTo(choice(List.of(1, 3), List.of(1, 3)));
        assertThat(ClassChoice.of(NAMES, rule, asking(List.of("spleen"), List.of())))
                .isEqualTo(choice(List.of(2), List.of(2)));
    }

    @Test
    void whatIsWantedIsMeasuredUnlessLessIsAskedFor() {
        assertThat(ClassChoice.of(
                        NAMES, LabelRule.LARGEST, asking(List.of("right kidney", "liver", "liver"), List.of())))
                .isEqualTo(choice(List.of(1, 3), List.of(1, 3)));
        assertThat(ClassChoice.of(NAMES, LabelRule.LARGEST, asking(List.of("right kidney", "liver"), List.of("liver"))))
                .isEqualTo(choice(List.of(1, 3), List.of(1)));
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
                .isThrownBy(() -> ClassChoice.of(NAMES, LabelRule.LARGEST, asked))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.CLASS_UNKNOWN));
    }

    @Test
    void whatIsNotWantedBecomesBackground() {
        LabelMap map = new LabelMap(
                new Geometry(new Shape3(1, 1, 5), Affine.scaling(1, 1, 1)), new byte[] {0, 1, 2, 3, (byte) 200});
        choice(List.of(1, 3), List.of()).keepWanted(map);
        assertThatArray(map.labels()).isEqualTo(new byte[] {0, 1, 0, 3, 0});
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
