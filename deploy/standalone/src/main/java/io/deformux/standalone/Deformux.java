package io.deformux.standalone;

import io.deformux.failure.JobException;
import io.deformux.schemas.InvalidEventException;
import io.deformux.standalone.command.BenchCommand;
import io.deformux.standalone.command.BenchNetworkCommand;
import io.deformux.standalone.command.BenchPartCommand;
import io.deformux.standalone.command.CancelCommand;
import io.deformux.standalone.command.CheckCommand;
import io.deformux.standalone.command.CompareCommand;
import io.deformux.standalone.command.CompletionCommand;
import io.deformux.standalone.command.ConfigCommand;
import io.deformux.standalone.command.DatasetCommand;
import io.deformux.standalone.command.DeadLettersCommand;
import io.deformux.standalone.command.DemoCommand;
import io.deformux.standalone.command.DicomNodeCommand;
import io.deformux.standalone.command.EvaluateCommand;
import io.deformux.standalone.command.ExitCode;
import io.deformux.standalone.command.InferWorkerCommand;
import io.deformux.standalone.command.ModelCommand;
import io.deformux.standalone.command.PacsBridgeCommand;
import io.deformux.standalone.command.ReplayCommand;
import io.deformux.standalone.command.ResultsPageCommand;
import io.deformux.standalone.command.RouteCommand;
import io.deformux.standalone.command.SegmentCommand;
import io.deformux.standalone.command.SendCommand;
import io.deformux.standalone.command.TopicsCommand;
import io.deformux.standalone.command.TrainCommand;
import io.deformux.standalone.command.TrainWorkerCommand;
import io.deformux.standalone.command.UpCommand;
import io.deformux.standalone.command.WatchCommand;
import io.deformux.standalone.option.Version;
import io.deformux.standalone.run.StandardError;
import io.deformux.standalone.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code deformux} command. */
@Command(
        name = "deformux",
        description = "Segments 3D medical scans with DeformUX-Net, driven by Kafka events.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the job failed, or a check did not hold",
            "2:the command line is wrong",
            "3:no answer came in time; of a worker: Java's memory was full",
            "4:an input, model or cluster cannot be used; the message says why",
            "5:deformux check found what keeps jobs from running",
            "70:a fault in this software",
            "71:a worker's job did not notice its end, so the process was ended",
            "72:an error ended a worker's loop, and with it the process",
            "73:a worker's GPU has failed or answers no more, so the process was ended"
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            InferWorkerCommand.class,
            TrainCommand.class,
            CompareCommand.class,
            TrainWorkerCommand.class,
            SendCommand.class,
            WatchCommand.class,
            CancelCommand.class,
            ReplayCommand.class,
            DeadLettersCommand.class,
            PacsBridgeCommand.class,
            DicomNodeCommand.class,
            RouteCommand.class,
            ResultsPageCommand.class,
            SegmentCommand.class,
            EvaluateCommand.class,
            DatasetCommand.class,
            ModelCommand.class,
            CheckCommand.class,
            TopicsCommand.class,
            ConfigCommand.class,
            CompletionCommand.class,
            BenchCommand.class,
            BenchPartCommand.class,
            BenchNetworkCommand.class,
            HelpCommand.class
        })
public final class Deformux {
    private Deformux() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        StandardError.goDirectly();
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, ready to run a command. */
    public static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** The same in another environment than that of the process. */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine deformux = new CommandLine(new Deformux())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, arguments) -> correct(mistake))
                .setExecutionExceptionHandler(Deformux::explain);
        // What stands behind the program's name is the program's.
        deformux.getSubcommands().get(ConfigCommand.NAME).setStopAtPositional(true);
        return Settings.layer(deformux, environment);
    }

    /** One line, not the whole help: what is wrong, what was meant, and where the help is. */
    private static int correct(CommandLine.ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        String meant = mistake instanceof CommandLine.UnmatchedArgumentException unknown
                        && !unknown.getSuggestions().isEmpty()
                ? "; did you mean " + unknown.getSuggestions().get(0) + "?"
                : "";
        String name = command.getCommandSpec().qualifiedName();
        String wrong =
                String.join(" ", mistake.getMessage().lines().map(String::strip).toList());
        command.getErr().println(name + ": " + wrong + meant + " (" + name + " --help)");
        return ExitCode.USAGE;
    }

    /** What a person can mend is told in one line; anything else is a fault and keeps its stack trace. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e.getCause() instanceof InvalidEventException invalid) {
            command.getErr()
                    .println("deformux: what was asked for is no event of the contract: " + invalid.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof UncheckedIOException unreadable) {
            command.getErr()
                    .println("deformux: " + unreadable.getMessage() + " ("
                            + unreadable.getCause().getClass().getSimpleName() + ")");
            return ExitCode.UNAVAILABLE;
        }
        if (e instanceof IOException unusable) {
            command.getErr().println("deformux: " + told(unusable));
            return ExitCode.UNAVAILABLE;
        }
        if (e instanceof JobException failure) {
            command.getErr().println("deformux: " + failure.code() + ": " + failure.getMessage());
            return ExitCode.UNAVAILABLE;
        }
        e.printStackTrace(command.getErr());
        return ExitCode.INTERNAL;
    }

    /** The file first, where it is known: the person has named it, or its folder. */
    private static String told(IOException unusable) {
        if (!(unusable instanceof FileSystemException named)) {
            return unusable.getMessage() + " (" + unusable.getClass().getSimpleName() + ")";
        }
        String reason = named.getReason() == null ? named.getClass().getSimpleName() : named.getReason();
        if (named instanceof FileAlreadyExistsException) {
            reason = "is there and is no folder; name another one or move it away";
        } else if (named instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (named instanceof NoSuchFileException) {
            reason = "is not there";
        }
        return named.getFile() + ": " + reason;
    }
}
