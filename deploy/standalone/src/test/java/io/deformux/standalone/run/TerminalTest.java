package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each stream is a terminal if the launcher says so, whatever the other one is. */
class TerminalTest {
    @BeforeEach
    @AfterEach
    void nobodyLooksOn() {
        System.clearProperty("deformux.output.terminal");
        System.clearProperty("deformux.error.terminal");
    }

    @Test
    void eachIsAskedForItself() {
        System.setProperty("deformux.error.terminal", "true");
        assertThat(Terminal.STANDARD_ERROR.isSeen()).isTrue();
        assertThat(Terminal.STANDARD_OUTPUT.isSeen()).isFalse();
    }

    @Test
    void nobodyLooksOnWhereNobodySaysSo() {
        assertThat(Terminal.values()).noneMatch(Terminal::isSeen);
    }
}
