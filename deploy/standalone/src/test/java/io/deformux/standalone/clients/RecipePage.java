package io.deformux.standalone.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The clients' page: its programs by the file names beside the opening fences, and its commands.
 *
 * @param programs file name to text, in the order of the page
 * @param commands what stands in each {@code sh} fence
 */
record RecipePage(Map<String, String> programs, List<String> commands) {
    private static final String FENCE = "```";

    static RecipePage read(Path page) throws IOException {
        Map<String, String> programs = new LinkedHashMap<>();
        List<String> commands = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                String opening = lines.get(i).substring(FENCE.length());
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
                String text = lines.subList(i + 1, end).stream().collect(Collectors.joining("\n", "", "\n"));
                if (opening.equals("sh")) {
                    commands.add(text);
                } else {
                    programs.put(opening.split(" ")[1], text);
                }
                i = end;
            }
        }
        return new RecipePage(programs, commands);
    }

    /** The commands that name a program, as {@code results.py}, or one of the machine's. */
    String commandsWith(String name) {
        return commands.stream()
                .filter(command -> command.contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no commands with " + name));
    }
}
