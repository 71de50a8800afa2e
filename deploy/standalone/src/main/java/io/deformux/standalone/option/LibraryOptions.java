package io.deformux.standalone.option;

import picocli.CommandLine.Option;

/** What a person may say of PyTorch's library; the engine reads it when it starts. */
public final class LibraryOptions {

    @Option(
            names = "--no-library-repair",
            description = "Never start on a corrected copy of PyTorch's library: on machines where it computes wrong,"
                    + " use what is right in it, and kernels of our own.")
    void noLibraryRepair(boolean off) {
        if (off) {
            System.setProperty("deformux.library-repair", "off");
        }
    }
}
