package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines that an operator reads. */
class LogPatternTest {
    private static final Instant TIME = Instant.parse("2031-02-03T04:05:06.789Z");

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogPatternTest.class.getResource("/logback.xml"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aLineHasDateAndOffsetLevelPlaceJobAndMessage() {
        String line = line(Map.of("job", "job-1"), null);
        int space = line.indexOf(' ');
        assertThat(OffsetDateTime.parse(line.substring(0, space)).toInstant()).isEqualTo(TIME);
        assertThat(line.substring(space)).isEqualTo(" WARN  JobSteps [job-1] - It is said." + System.lineSeparator());
    }

    @Test
    void aLineAboutNoJobHasNoBrackets() {
        assertThat(line(Map.of(), null)).endsWith(" WARN  JobSteps - It is said." + System.lineSeparator());
    }

    @Test
    void aFaultShowsItsStackTrace() {
        String text = line(Map.of(), new IllegalStateException("outer", new ArithmeticException("inner")));
        assertThat(text)
                .contains("It is said." + System.lineSeparator() + "java.lang.IllegalStateException: outer")
                .contains("at " + LogPatternTest.class.getName())
                .contains("Caused by: java.lang.ArithmeticException: inner");
    }

    private String line(Map<String, String> logged, Throwable fault) {
        LoggingEvent event = new LoggingEvent(
                "any", context.getLogger("io.deformux.messaging.JobSteps"), Level.WARN, "It is said.", fault, null);
        event.setInstant(TIME);
        event.setMDCPropertyMap(logged);
        OutputStreamAppender<ILoggingEvent> appender =
                (OutputStreamAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
