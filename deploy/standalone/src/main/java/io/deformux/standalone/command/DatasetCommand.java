package io.deformux.standalone.command;

import picocli.CommandLine.Command;

/** Training data. */
@Command(
        name = "dataset",
        description = "Looks at data sets before they are trained.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = DatasetCheckCommand.class)
public final class DatasetCommand {}
