package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import io.deformux.standalone.settings.Quantity;
import io.deformux.standalone.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The operators' page lists every setting with default, unit, bounds and meaning, as the options have them. */
class SettingsTableTest {
    private static final String HEAD = "| key | of | default | unit, bounds | what |";

    /** The programs, with the letters that the page has for them. */
    private static final Map<String, String> PROGRAMS = programs();

    private static Map<String, String> programs() {
        Map<String, String> letters = new LinkedHashMap<>();
        letters.put("infer-worker", "I");
        letters.put("train-worker", "T");
        letters.put("pacs-bridge", "B");
        letters.put("dicom-node", "N");
        letters.put("results-page", "P");
        letters.put("dead-letters serve", "R");
        letters.put("up", "U");
        return letters;
    }

    @Test
    void theOperatorsPageHasEverySettingAsItIs() throws IOException {
        List<String> page = Files.readAllLines(Fixtures.checkoutRoot().resolve("deploy/README.md"));

        List<String> table = page.stream()
                .skip(page.indexOf(HEAD) + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(page).contains(HEAD);
        assertThat(table).containsExactlyElementsOf(rows());
    }

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(settings().toList()).hasSizeGreaterThan(30).allSatisfy(setting -> assertThat(setting.meaning())
                .as(setting.key())
                .isNotBlank());
    }

    @Test
    void everyNumberHasUnitAndBounds() {
        assertThat(settings().filter(Setting::isNumber))
                .isNotEmpty()
                .allSatisfy(setting ->
                        assertThat(setting.quantity()).as(setting.key()).isPresent());
    }

    private static List<String> rows() {
        Map<String, Setting> byKey = new LinkedHashMap<>();
        Map<String, String> of = new LinkedHashMap<>();
        CommandLine deformux = Deformux.commandLine(Map.of());
        PROGRAMS.forEach((program, letter) -> settings(deformux, program).forEach(setting -> {
            byKey.putIfAbsent(setting.key(), setting);
            of.merge(setting.key(), letter, (one, other) -> one + " " + other);
        }));
        return byKey.values().stream()
                .map(setting -> row(setting, of.get(setting.key())))
                .toList();
    }

    private static String row(Setting setting, String of) {
        String bounds = setting.quantity().map(SettingsTableTest::bounds).orElse("");
        return Stream.of(
                        "`" + setting.key() + (setting.isMap() ? ".NAME`" : "`"),
                        of,
                        setting.usual(),
                        bounds,
                        setting.meaning())
                .map(cell -> cell.replace("|", "\\|"))
                .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
                .reduce("|", String::concat);
    }

    private static String bounds(Quantity quantity) {
        return quantity.unit() + ", " + quantity.least() + " to " + quantity.most();
    }

    private static Stream<Setting> settings() {
        CommandLine deformux = Deformux.commandLine(Map.of());
        return PROGRAMS.keySet().stream().flatMap(program -> settings(deformux, program).stream());
    }

    private static List<Setting> settings(CommandLine deformux, String program) {
        CommandLine command = deformux;
        for (String name : program.split(" ")) {
            command = command.getSubcommands().get(name);
        }
        return Setting.of(command.getCommandSpec());
    }
}
