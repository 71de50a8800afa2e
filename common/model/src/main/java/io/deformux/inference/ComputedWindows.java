package io.deformux.inference;

/** Tells of windows once the device has computed them, and of each number once. One thread. */
final class ComputedWindows {
    private final WindowProgress progress;
    private final int total;
    private int told;

    /** Of a plan of so many windows. */
    ComputedWindows(WindowProgress progress, int total) {
        this.progress = progress;
        this.total = total;
    }

    /** The first {@code done} of them are. */
    void done(int done) {
        if (done > told) {
            told = done;
            progress.windowsDone(done, total);
        }
    }
}
