package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The pages for people name only what is there. */
class PapersTest {
    private static final Path ROOT = Fixtures.checkoutRoot();
    private static final int MOST_LINES_OF_THE_FIRST = 110;
    private static final Pattern FOLDER_OF_A_MACHINE = Pattern.compile("(?<![\\w.~$])/(tmp|work|home|root)/");

    private final CommandLine deformux = Deformux.commandLine();

    static List<String> papers() {
        return List.of(
                "README.md",
                "deploy/README.md",
                "schemas/clients/README.md",
                "common/README.md",
                ".github/CONTRIBUTING.md");
    }

    @ParameterizedTest
    @MethodSource("papers")
    void everyLinkCommandOptionAndPathOfAPageIsThere(String page) throws IOException {
        Paper paper = Paper.read(ROOT.resolve(page));

        assertThat(paper.links()).isNotEmpty();
        assertThat(paper.spans()).isNotEmpty();
        assertThat(new PaperCheck(ROOT, deformux).faults(paper)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("papers")
    void noPageNamesAFolderOfTheMachineItWasWrittenOn(String page) throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve(page)))
                .noneMatch(line -> FOLDER_OF_A_MACHINE.matcher(line).find());
    }

    @Test
    void theFirstPageIsShortAndLeadsToTheOthers() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(MOST_LINES_OF_THE_FIRST);
        assertThat(Paper.read(ROOT.resolve("README.md")).links()).containsAll(papers().subList(1, papers().size()));
    }

    @Test
    void theFirstPageHasEveryCommand() throws IOException {
        List<String> spans = Paper.read(ROOT.resolve("README.md")).spans();

        assertThat(commands(deformux)).isNotEmpty().allSatisfy(name -> assertThat(spans)
                .as(name)
                .anyMatch(span -> span.equals(name) || span.startsWith(name + " ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](none.md)",
                "[a](page.md#none)",
                "[a](../page.md)",
                "`deformux fly`",
                "`bin/deformux model fly`",
                "`deformux demo --wings`",
                "`deformux demo --folds 3`",
                "two lines of `deformux demo\n--wings`",
                "`--wings`",
                "`common/None.java`",
                "`comon/Here.java`",
                "`common/.../None.java`",
                "`mvn -q -pl common/none verify`",
                "```sh\ndeformux demo --wings   # with a remark\n```"
            })
    void whatIsNotThereIsFound(String text, @TempDir Path root) throws IOException {
        assertThat(faults(text, root)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](common/) [b](https://example.org/none) [c](#to-add--touch-) [d](page.md#to-add--touch-)",
                "`bin/deformux model init --preset amos` `deformux send` `--preset` `deformux.scan.arrived`",
                "`common/a/Here.java` `common/.../Here.java` `elsewhere/none` `../elsewhere`",
                "```json\n{\"deformux fly\": \"common/none\"}\n```"
            })
    void whatIsThereIsNotFound(String text, @TempDir Path root) throws IOException {
        assertThat(faults(text, root)).isEmpty();
    }

    private List<String> faults(String text, Path root) throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("common/a")).resolve("Here.java"));
        Path page = Files.writeString(root.resolve("page.md"), "# Page\n\n## To add … touch …\n\n" + text + "\n");
        return new PaperCheck(root, deformux).faults(Paper.read(page));
    }

    private static Stream<String> commands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(below -> !below.getCommandSpec().usageMessage().hidden())
                .filter(below -> !below.getCommandName().equals("help"))
                .flatMap(below -> below.getSubcommands().isEmpty()
                        ? Stream.of(below.getCommandSpec().qualifiedName())
                        : commands(below));
    }
}
