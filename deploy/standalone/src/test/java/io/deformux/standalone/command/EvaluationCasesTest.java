package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.parity.Fixtures;
import io.deformux.standalone.Deformux;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label maps after bug reports on scores: each ends as the line of its folder says. */
class EvaluationCasesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evaluate-falsepos | pred | 0 | mean of 2 case\\(s\\) +1 +0\\.5000 +inf .*",
                "evaluate-missed | pred | 0 | mean of 2 case\\(s\\) +1 +0\\.4375 +inf .*",
                "evaluate-missed | pred | 0 | mean of 1 of 2 case\\(s\\), found +1 +0\\.8750 +1\\.00 .*",
                "evaluate-one | a.nii.gz | 4 | .*one prediction cannot be scored against 2 truths.*"
            })
    void eachCaseEndsAsItsLineSays(String name, String predictions, int exit, String line) {
        Path folder = Fixtures.bugReport("ops/" + name);
        StringWriter said = new StringWriter();
        int ended = Deformux.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "evaluate",
                        "--predictions",
                        folder.resolve(predictions).toString(),
                        "--labels",
                        folder.resolve("labels").toString());
        assertThat(ended).as(said.toString()).isEqualTo(exit);
        assertThat(said.toString().lines()).anyMatch(each -> each.matches(line));
    }
}
