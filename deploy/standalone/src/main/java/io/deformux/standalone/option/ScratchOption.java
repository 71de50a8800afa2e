package io.deformux.standalone.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a program that is no worker keeps its files while it needs them. */
public final class ScratchOption {
    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where files are kept while they are needed (default: deformux in the system's temporary"
                    + " folder).")
    private Path scratch = WorkerOptions.DEFAULT_SCRATCH;

    /** The folder, which need not be there. */
    public Path folder() {
        return scratch.toAbsolutePath();
    }
}
