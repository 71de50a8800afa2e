package io.deformux.standalone.command;

import picocli.CommandLine.Command;

/** The topics of a cluster. */
@Command(
        name = "topics",
        description = "The topics that programs need on a cluster.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = TopicsCreateCommand.class)
public final class TopicsCommand {}
