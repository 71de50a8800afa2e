package io.deformux.standalone.command;

import picocli.CommandLine.Command;

/** Events that start something. */
@Command(
        name = "send",
        description = "Publishes an event.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {SendScanCommand.class, SendTrainingCommand.class, SendComparisonCommand.class})
public final class SendCommand {}
