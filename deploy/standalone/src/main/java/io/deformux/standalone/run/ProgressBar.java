package io.deformux.standalone.run;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The progress of one job: a bar that redraws itself on a terminal, a plain line per tenth elsewhere. One thread at a
 * time.
 */
public final class ProgressBar {
    private static final int WIDTH = 32;

    private final PrintStream out;
    private final boolean terminal;
    private String stage = "";
    private int lastTenth = -1;
    private boolean open;

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A bar on standard error, which redraws only when a person looks at it. */
    public static ProgressBar onStandardError() {
        return new ProgressBar(System.err, System.console() != null);
    }

    /** Shows that {@code done} of {@code total} units of a stage are finished. */
    public void update(String newStage, long done, long total, String unit) {
        if (total <= 0) {
            return;
        }
        if (!newStage.equals(stage)) {
            finish();
            stage = newStage;
        }
        if (terminal) {
            int filled = (int) (WIDTH * done / total);
            out.printf(
                    Locale.ROOT,
                    "\r%-11s [%s%s] %d/%d %s",
                    stage,
                    "#".repeat(filled),
                    " ".repeat(WIDTH - filled),
                    done,
                    total,
                    unit);
            out.flush();
            open = true;
            if (done >= total) {
                finish();
            }
        } else {
            int tenth = (int) (10 * done / total);
            if (tenth > lastTenth) {
                lastTenth = tenth;
                out.printf(Locale.ROOT, "%s: %d of %d %s%n", stage, done, total, unit);
            }
        }
    }

    /** Ends the line, so that other output starts on its own. */
    public void finish() {
        if (open) {
            out.println();
            open = false;
        }
        lastTenth = -1;
        stage = "";
    }
}
