package io.deformux.standalone;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Finds what a page names that is not there: targets of links, commands, options, files and folders.
 *
 * @param root of the checkout
 * @param deformux the command line
 */
record PaperCheck(Path root, CommandLine deformux) {
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w.-])deformux +");
    private static final Pattern COMMAND_NAME = Pattern.compile("[a-z][a-z-]*");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    /** In a path: whatever folders there are. */
    private static final String BETWEEN = "/.../";

    /** What is not there, as the page has it; empty if all is. */
    List<String> faults(Paper paper) throws IOException {
        List<String> faults = new ArrayList<>();
        for (String link : paper.links()) {
            if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(paper, link)) {
                faults.add("link " + link);
            }
        }
        for (String span : paper.spans()) {
            if (COMMAND.matcher(span).find()) {
                faults.addAll(commandFaults(span));
            } else {
                faults.addAll(unknownOptions(span, optionsOf(deformux, true)));
            }
        }
        for (String line : paper.shellLines()) {
            faults.addAll(commandFaults(line));
        }
        for (String code : Stream.concat(paper.spans().stream(), paper.shellLines().stream())
                .toList()) {
            for (String word : code.split("\\s+")) {
                if (isPath(word) && !exists(word)) {
                    faults.add("path " + word);
                }
            }
        }
        return faults;
    }

    private boolean leadsSomewhere(Paper from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? from.file()
                : from.file().resolveSibling(parts[0]).normalize();
        return target.startsWith(root)
                && Files.exists(target)
                && (parts.length == 1 || Paper.read(target).anchors().contains(parts[1]));
    }

    /** Of a text with any number of calls of the command, each up to the next one. */
    private List<String> commandFaults(String code) {
        String[] calls = COMMAND.split(code, -1);
        return Stream.of(calls)
                .skip(1)
                .flatMap(call -> callFaults(call).stream())
                .toList();
    }

    private List<String> callFaults(String call) {
        CommandLine at = deformux;
        for (String word : call.strip().split("\\s+")) {
            if (at.getSubcommands().isEmpty() || !COMMAND_NAME.matcher(word).matches()) {
                break;
            }
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                return List.of("command " + at.getCommandSpec().qualifiedName() + " " + word);
            }
            at = next;
        }
        return unknownOptions(call, optionsOf(at, at == deformux));
    }

    private static List<String> unknownOptions(String code, Set<String> known) {
        return OPTION.matcher(code)
                .results()
                .map(option -> option.group())
                .filter(option -> !known.contains(option))
                .map(option -> "option " + option + " in " + code)
                .toList();
    }

    private static Set<String> optionsOf(CommandLine command, boolean andBelow) {
        Set<String> names = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
        if (andBelow) {
            command.getSubcommands().values().forEach(below -> names.addAll(optionsOf(below, true)));
        }
        return names;
    }

    /** Whether it can only mean a file or folder of the checkout. */
    /** What a build makes is there only after it. */
    private boolean isPath(String word) {
        Optional<String> first =
                Optional.of(word.indexOf('/')).filter(i -> i > 0).map(i -> word.substring(0, i));
        return first.isPresent()
                && !first.get().equals("..")
                && !word.contains("/target/")
                && (word.endsWith(".java") || Files.isDirectory(root.resolve(first.get())));
    }

    private boolean exists(String path) throws IOException {
        int between = path.indexOf(BETWEEN);
        if (between < 0) {
            return Files.exists(root.resolve(path));
        }
        Path start = root.resolve(path.substring(0, between));
        if (!Files.isDirectory(start)) {
            return false;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path.replace(BETWEEN, "/**/"));
        try (Stream<Path> below = Files.walk(start)) {
            return below.map(root::relativize)
                    .filter(found ->
                            !found.startsWith("target") && !found.toString().contains("/target/"))
                    .anyMatch(matcher::matches);
        }
    }
}
