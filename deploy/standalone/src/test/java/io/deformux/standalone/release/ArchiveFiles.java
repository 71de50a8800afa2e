package io.deformux.standalone.release;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What the descriptor of the archive takes from a checkout; what the build makes is left out, since it is there only then.
 *
 * @param sources the files, by their place in the archive
 */
record ArchiveFiles(Map<String, Path> sources) {
    private static final String BUILT = "${project.build.directory}";

    /** @param module whose descriptor it is: its folders are meant from there */
    static ArchiveFiles of(Path module) throws Exception {
        NodeList sets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(module.resolve("src/release/archive.xml").toFile())
                .getElementsByTagName("fileSet");
        Map<String, Path> sources = new TreeMap<>();
        for (int n = 0; n < sets.getLength(); n++) {
            Element set = (Element) sets.item(n);
            String directory = texts(set, "directory").get(0);
            if (!directory.startsWith(BUILT)) {
                Path from = module.resolve(directory).normalize();
                Path to = Path.of(texts(set, "outputDirectory").get(0));
                List<String> includes = texts(set, "include");
                for (String include : includes.isEmpty() ? List.of("**") : includes) {
                    taken(from, include)
                            .forEach(file -> sources.put(
                                    to.resolve(from.relativize(file)).toString(), file));
                }
            }
        }
        return new ArchiveFiles(sources);
    }

    /** The files that a pattern takes: none is a mistake in it. */
    private static List<Path> taken(Path from, String include) throws IOException {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + include);
        Path start = from.resolve(include.replaceFirst("(^|/)[^/]*\\*.*", ""));
        List<Path> found = new ArrayList<>();
        try (Stream<Path> below = Files.walk(start)) {
            below.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(from.relativize(file)))
                    .forEach(found::add);
        }
        if (found.isEmpty()) {
            throw new AssertionError("nothing is " + include + " in " + from);
        }
        return found;
    }

    private static List<String> texts(Element set, String name) {
        NodeList elements = set.getElementsByTagName(name);
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < elements.getLength(); n++) {
            texts.add(elements.item(n).getTextContent().strip());
        }
        return texts;
    }
}
