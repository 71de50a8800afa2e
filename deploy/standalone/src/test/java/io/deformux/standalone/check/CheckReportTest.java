package io.deformux.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private static final Finding OK = Finding.ok("memory", "heap", "2.0 GB at most");
    private static final Finding WARN = Finding.warn("disk", "scratch", "1.0 GB free", "make room");
    private static final Finding FAIL = Finding.fail("models", "store", "no package", "import one");

    @Test
    void jobsCanRunUnlessSomethingFails() {
        assertThat(new CheckReport(List.of(OK, WARN)).ok()).isTrue();
        assertThat(new CheckReport(List.of(OK, WARN, FAIL)).ok()).isFalse();
    }

    @Test
    void theTableHasALinePerFindingAndOnePerAdvice() {
        assertThat(new CheckReport(List.of(OK, WARN, FAIL)).table())
                .containsExactly(
                        "memory  heap     ok    2.0 GB at most",
                        "disk    scratch  warn  1.0 GB free",
                        "                       -> make room",
                        "models  store    fail  no package",
                        "                       -> import one",
                        "fail: 1 finding(s) keep jobs from running, 1 warning(s)");
        assertThat(new CheckReport(List.of(OK)).table())
                .last()
                .isEqualTo("ok: jobs can run, as far as was looked; 0 warning(s)");
    }

    @Test
    void jsonSaysTheSameWithNullWhereThereIsNoAdvice() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(mapper.writeValueAsString(new CheckReport(List.of(OK, FAIL)).json()));

        assertThat(tree)
                .isEqualTo(
                        mapper.readTree(
                                """
                        {"ok": false, "findings": [
                          {"section": "memory", "name": "heap", "value": "2.0 GB at most", "verdict": "ok", "advice": null},
                          {"section": "models", "name": "store", "value": "no package", "verdict": "fail",
                           "advice": "import one"}]}
                        """));
    }

    @Test
    void aCheckThatBreaksIsAFindingAndTheNextOneRuns() {
        CheckReport report = CheckReport.of(List.of(
                check(() -> {
                    throw new IllegalStateException("two\n  lines");
                }),
                check(() -> {
                    throw new UnsatisfiedLinkError("no such library");
                }),
                check(() -> {
                    throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "not readable");
                }),
                check(() -> {
                    throw new IllegalStateException();
                }),
                check(() -> List.of(OK))));

        assertThat(report.findings())
                .extracting(Finding::value)
                .containsExactly(
                        "two lines",
                        "no such library",
                        "STORAGE_UNAVAILABLE: not readable",
                        "IllegalStateException",
                        OK.value());
        assertThat(report.findings().subList(0, 4)).allSatisfy(finding -> {
            assertThat(finding.verdict()).isEqualTo(Severity.FAIL);
            assertThat(finding.section()).isEqualTo("some");
        });
    }

    @Test
    void whatIsNotWellHasAdvice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Finding("disk", "scratch", "full", Severity.WARN, Optional.empty()));
    }

    private static Check check(Callable<List<Finding>> look) {
        return new Check() {
            @Override
            public String section() {
                return "some";
            }

            @Override
            public List<Finding> look() throws Exception {
                return look.call();
            }
        };
    }
}
