package io.deformux.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operators' page says how the paper's networks are asked for in their published sizes. */
class PaperNetworkTest {

    @Test
    void thePagesCommandNamesEachWithItsSettings() throws IOException {
        String page = Files.readString(Fixtures.checkoutRoot().resolve("deploy/README.md"));
        String command = page.substring(page.indexOf("All eleven of the paper's table"));
        String networks = found("--networks ([^ \\\\]+)", command).get(0).group(1);
        Map<String, String> settings = found("--network-setting ([^ =]+)=([0-9,]+)", command).stream()
                .collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));

        assertThat(networks.split(","))
                .containsExactlyInAnyOrderElementsOf(PaperNetwork.ALL.stream()
                        .map(each -> each.name().equals(each.architecture())
                                ? each.name()
                                : each.name() + "=" + each.architecture())
                        .toList());
        assertThat(settings)
                .containsExactlyInAnyOrderEntriesOf(PaperNetwork.ALL.stream()
                        .flatMap(each -> each.published().entrySet().stream()
                                .map(setting -> Map.entry(each.name() + "." + setting.getKey(), setting.getValue())))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** In the command alone. */
    private static List<MatchResult> found(String pattern, String text) {
        String command = text.substring(0, text.indexOf("```", text.indexOf("```") + 3));
        return Pattern.compile(pattern).matcher(command).results().toList();
    }
}
