package io.deformux.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {
    private static final RoutedSeries SERIES = SeriesOfTags.with(Map.of("Modality", "CT"));

    @TempDir
    private Path folder;

    private final List<Boolean> refused = new ArrayList<>();

    @Test
    void whatIsWrittenIntoTheFileHoldsFromTheNextLookOn() throws IOException {
        RulesFile file = RulesFile.open(write(rules("old")), refused::add);
        assertThat(model(file)).isEqualTo("old");

        write(rules("new"));

        assertThat(model(file)).isEqualTo("new");
        assertThat(refused).containsExactly(false, false);
    }

    @Test
    void rulesThatAreNotRightLeaveThoseBeforeInForceAndThisIsTold() throws IOException {
        RulesFile file = RulesFile.open(write(rules("old")), refused::add);

        write("{\"rules\": [{\"model\": \"new\"}]}");
        assertThat(model(file)).isEqualTo("old");
        Files.delete(folder.resolve("rules.json"));
        assertThat(model(file)).isEqualTo("old");
        write(rules("mended"));
        assertThat(model(file)).isEqualTo("mended");

        assertThat(refused).containsExactly(true, true, false);
    }

    @Test
    void aFileThatIsWrongFromTheStartIsRefused() throws IOException {
        Path file = write("{}");
        assertThatIllegalArgumentException().isThrownBy(() -> RulesFile.open(file, refused::add));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("rules.json"), json);
    }

    private static String rules(String model) {
        return "{\"rules\": [{\"model\": \"" + model + "\", \"output\": \"file:///a/\"}]}";
    }

    private static String model(RulesFile file) {
        return file.current().of(SERIES).get(0).model().name();
    }
}
