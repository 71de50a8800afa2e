package io.deformux.standalone.command;

import picocli.CommandLine.Command;

/** Model packages. */
@Command(
        name = "model",
        description = "Makes, shows, imports and exports model packages.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelInitCommand.class,
            ModelImportCommand.class,
            ModelExportCommand.class,
            ModelShowCommand.class
        })
public final class ModelCommand {}
