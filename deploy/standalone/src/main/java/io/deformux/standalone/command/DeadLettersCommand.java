package io.deformux.standalone.command;

import picocli.CommandLine.Command;

/** Records that no worker will try again. */
@Command(
        name = "dead-letters",
        description = "Jobs that have failed and records that no worker could read: looks at them, sends them again.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersListCommand.class,
            DeadLettersShowCommand.class,
            DeadLettersReplayCommand.class,
            DeadLettersDiscardCommand.class,
            DeadLettersServeCommand.class
        })
public final class DeadLettersCommand {}
