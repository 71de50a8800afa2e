package io.deformux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImportSentenceTest {
    @Test
    void namesArePackagesAndNothingBelowThem() {
        ImportSentence sentence = of("May import {@code failure} and\n * {@code dicom.seg}; reads no {@code File.}.");

        assertThat(sentence.names()).containsExactly("failure", "dicom.seg");
        assertThat(sentence.allows("io.deformux.failure")).isTrue();
        assertThat(sentence.allows("io.deformux.dicom.seg")).isTrue();
        assertThat(sentence.allows("io.deformux.dicom")).isFalse();
        assertThat(sentence.allows("io.deformux.dicom.seg.more")).isFalse();
    }

    @Test
    void twoDotsStandForThePackagesBelow() {
        ImportSentence sentence = of("Threads: any. May import {@code storage..}.");

        assertThat(sentence.allows("io.deformux.storage")).isTrue();
        assertThat(sentence.allows("io.deformux.storage.web")).isTrue();
        assertThat(sentence.allows("io.deformux.storages")).isFalse();
    }

    @Test
    void everythingAndNothingAreWords() {
        assertThat(of("May import everything; nothing imports it.").allows("io.deformux.x"))
                .isTrue();
        assertThat(of("May import nothing of deformux.").allows("io.deformux.x"))
                .isFalse();
    }

    @Test
    void oneSentenceThatSaysSomethingIsAskedFor() {
        assertThatThrownBy(() -> of("A package.")).hasMessage("here has 0 sentences with \"May import\", not one");
        assertThatThrownBy(() -> of("May import {@code a}. May import {@code b}."))
                .hasMessage("here has 2 sentences with \"May import\", not one");
        assertThatThrownBy(() -> of("May import whatever it likes."))
                .hasMessage("here names no package after \"May import\"");
    }

    private static ImportSentence of(String text) {
        return ImportSentence.of("/**\n * " + text + "\n */\npackage x;", "here");
    }
}
