package io.deformux.standalone.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The progress of one job: a bar that redraws itself on a terminal, a plain line per tenth elsewhere. One thread at a
 * time.
 */
public final class ProgressBar {
    private static final int WIDTH = 32;

    /** What the last line was longer by goes. */
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private String stage = "";
    private int lastTenth = -1;
    private boolean open;
    private long firstDone;
    private long firstNanos;

    ProgressBar(PrintStream out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    ProgressBar(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** A bar on standard error, which redraws only when a person looks at it. */
    public static ProgressBar onStandardError() {
        return new ProgressBar(System.err, Terminal.STANDARD_ERROR.isSeen());
    }

    /** Shows that {@code done} of {@code total} units of a stage are finished. */
    public void update(String newStage, long done, long total, String unit) {
        if (total <= 0) {
            return;
        }
        if (!newStage.equals(stage)) {
            finish();
            stage = newStage;
            firstDone = done;
            firstNanos = nanos.getAsLong();
        }
        if (terminal) {
            int filled = (int) (WIDTH * done / total);
            out.printf(
                    Locale.ROOT,
                    "\r%-11s [%s%s] %d/%d %s%s%s",
                    stage,
                    "#".repeat(filled),
                    " ".repeat(WIDTH - filled),
                    done,
                    total,
                    unit,
                    pace(done, total),
                    CLEAR_TO_END);
            out.flush();
            open = true;
            if (done >= total) {
                finish();
            }
        } else {
            int tenth = (int) (10 * done / total);
            if (tenth > lastTenth) {
                lastTenth = tenth;
                out.printf(Locale.ROOT, "%s: %d of %d %s%s%n", stage, done, total, unit, pace(done, total));
            }
        }
    }

    /** How fast it goes and how long it takes still; nothing where nobody can tell. */
    private String pace(long done, long total) {
        double seconds = (nanos.getAsLong() - firstNanos) / 1e9;
        if (done <= firstDone || done >= total || seconds <= 0) {
            return "";
        }
        double perSecond = (done - firstDone) / seconds;
        double left = (total - done) / perSecond;
        String time = left < 100
                ? String.format(Locale.ROOT, "%.0f s", left)
                : left < 6000
                        ? String.format(Locale.ROOT, "%.0f min", left / 60)
                        : String.format(Locale.ROOT, "%.1f h", left / 3600);
        return String.format(Locale.ROOT, ", %.1f/s, %s left", perSecond, time);
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
