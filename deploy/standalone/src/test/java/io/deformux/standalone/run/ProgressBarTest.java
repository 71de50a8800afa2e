package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Progress for a person at a terminal and for a log file. */
class ProgressBarTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalSeesOneLineThatRedraws() {
        ProgressBar bar = new ProgressBar(out, true);
        bar.update("infer", 1, 4, "windows");
        bar.update("infer", 4, 4, "windows");

        assertThat(text()).contains("\r").contains("[########").contains("4/4 windows");
        assertThat(text().lines().count()).isLessThanOrEqualTo(3);
    }

    @Test
    void aLogSeesAtMostElevenPlainLines() {
        ProgressBar bar = new ProgressBar(out, false);
        for (int done = 0; done <= 1000; done++) {
            bar.update("infer", done, 1000, "windows");
        }

        assertThat(text()).doesNotContain("\r");
        assertThat(text().lines()).hasSize(11).last().isEqualTo("infer: 1000 of 1000 windows");
    }

    @Test
    void howFastItGoesAndHowLongItTakesStillIsSaid() {
        AtomicLong now = new AtomicLong();
        ProgressBar bar = new ProgressBar(out, true, now::get);
        bar.update("infer", 10, 100, "windows");
        now.addAndGet(4_000_000_000L);
        bar.update("infer", 20, 100, "windows");
        assertThat(text()).contains("20/100 windows, 2.5/s, 32 s left");
        now.addAndGet(96_000_000_000L);
        bar.update("infer", 30, 100, "windows");
        assertThat(text()).contains("30/100 windows, 0.2/s, 6 min left");
        bar.update("infer", 100, 100, "windows");
        assertThat(text()).contains("100/100 windows\u001b[K").doesNotContain("0 s left");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
