package io.deformux.standalone.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a program that runs for long takes its settings from, besides the environment and its options. */
public final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file of settings; a key is the name of an option without its dashes. The"
                    + " environment (DEFORMUX_ and the key in capitals, _ for -) goes over it, options go over both.")
    private Path file;
}
