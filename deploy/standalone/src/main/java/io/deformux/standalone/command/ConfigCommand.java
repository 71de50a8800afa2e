package io.deformux.standalone.command;

import io.deformux.messaging.event.FeedPublisher;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.WorkerOptions;
import io.deformux.standalone.settings.Effective;
import io.deformux.standalone.settings.EffectiveSettings;
import io.deformux.standalone.settings.Setting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a program would run with. */
@Command(
        name = ConfigCommand.NAME,
        description = "Prints the settings that a program would run with, and where each is from: its options here, the"
                + " environment, the file of --config, or the default. Secrets are masked. Starts nothing.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
    /** The command's name. */
    public static final String NAME = "config";

    private static final String PROGRAMS =
            "infer-worker, train-worker, pacs-bridge, dicom-node, results-page, dead-letters serve, up";
    private static final Set<String> FEEDS = Set.of("pacs-bridge", "dicom-node");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROGRAM", description = "One of: " + PROGRAMS + ".")
    private String program;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "Options of the program, as it would be started.")
    private List<String> options = List.of();

    @Override
    public Integer call() {
        Asked asked = asked();
        List<Effective> all = new ArrayList<>(EffectiveSettings.of(asked.program(), asked.options()));
        said(all, "kafka-properties")
                .ifPresent(file -> all.addAll(EffectiveSettings.ofClientFile(Path.of(file), List.copyOf(all))));
        all.addAll(topics(said(all, "group"), names(all)));
        print(all);
        return ExitCode.OK;
    }

    /** What somebody said, not the default. */
    private static Optional<String> said(List<Effective> all, String key) {
        return all.stream()
                .filter(one -> one.key().equals(key) && !one.source().equals(Effective.DEFAULT))
                .map(Effective::value)
                .findFirst();
    }

    private TopicNames names(List<Effective> all) {
        try {
            return said(all, "topic-prefix").map(TopicNames::new).orElse(TopicNames.CONTRACT);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "topic-prefix: " + e.getMessage(), e);
        }
    }

    /** What the contract, the prefix and the group make of it. */
    private List<Effective> topics(Optional<String> group, TopicNames names) {
        List<Effective> topics = new ArrayList<>();
        for (WorkerRole role : roles(group, names)) {
            role.subscriptions().forEach(read -> read.topics()
                    .forEach(topic -> topics.add(topic(topic, "read by " + role.command() + " in " + read.group()))));
            role.follows().forEach(topic -> topics.add(topic(topic, "read by " + role.command())));
            role.writes().forEach(topic -> topics.add(topic(topic, "written by " + role.command())));
            role.internalTopics().forEach(topic -> topics.add(topic(topic, "internal to " + role.command())));
        }
        if (FEEDS.contains(program)) {
            topics.add(topic(names.of(Topics.SCAN_ARRIVED), "written by " + program));
            topics.add(topic(names.of(Topics.SCAN_URGENT), "written by " + program));
            topics.add(topic(names.of(FeedPublisher.TOPIC), "read and written by " + program));
        }
        return topics;
    }

    private List<WorkerRole> roles(Optional<String> group, TopicNames names) {
        WorkerRole inference = WorkerRole.inference(group.orElse(WorkerOptions.INFERENCE_GROUP))
                .on(names);
        WorkerRole training =
                WorkerRole.training(group.orElse(WorkerOptions.TRAINING_GROUP)).on(names);
        return switch (program) {
            case "infer-worker" -> List.of(inference);
            case "train-worker" -> List.of(training);
            case "up" -> List.of(inference, training);
            default -> List.of();
        };
    }

    private static Effective topic(String name, String use) {
        return new Effective("topic " + name, use, "contract");
    }

    private void print(List<Effective> all) {
        int keys = all.stream().mapToInt(one -> one.key().length()).max().orElse(1);
        int values = all.stream().mapToInt(one -> one.value().length()).max().orElse(1);
        PrintWriter out = spec.commandLine().getOut();
        all.forEach(
                one -> out.printf("%-" + keys + "s  %-" + values + "s  %s%n", one.key(), one.value(), one.source()));
        out.flush();
    }

    /** A program, which may be a command below another one, and its options. */
    private record Asked(CommandLine program, List<String> options) {}

    private Asked asked() {
        CommandLine found = spec.parent().subcommands().get(program);
        int below = 0;
        while (found != null && below < options.size() && found.getSubcommands().containsKey(options.get(below))) {
            found = found.getSubcommands().get(options.get(below));
            below++;
        }
        if (found == null || Setting.of(found.getCommandSpec()).isEmpty()) {
            throw new ParameterException(spec.commandLine(), program + " has no settings; programs are " + PROGRAMS);
        }
        return new Asked(found, options.subList(below, options.size()));
    }
}
