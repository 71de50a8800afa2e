package io.deformux.standalone;

import picocli.CommandLine.Command;

/** Model packages. */
@Command(
        name = "model",
        description = "Makes and shows model packages.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ModelInitCommand.class, ModelShowCommand.class})
final class ModelCommand {}
