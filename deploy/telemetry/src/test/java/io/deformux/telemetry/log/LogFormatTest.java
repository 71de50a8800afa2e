package io.deformux.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Lines that machines read. */
class LogFormatTest {
    @Test
    void aLineIsAnObjectWithJobAndTrace() throws IOException {
        LoggerContext context = new LoggerContext();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        LogFormat.use(context);
        LoggingEvent event = new LoggingEvent(
                "any",
                context.getLogger("io.deformux.messaging.JobSteps"),
                Level.WARN,
                "It is\n{}.",
                new IllegalStateException("why"),
                new Object[] {"said"});
        event.setMDCPropertyMap(Map.of("job", "job-1", "trace", "0af7651916cd43dd8448eb211c80319c"));

        byte[] line = appender.getEncoder().encode(event);

        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        assertThat(new String(line, java.nio.charset.StandardCharsets.UTF_8).strip())
                .doesNotContain("\n");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("level").asText()).isEqualTo("WARN");
        assertThat(read.path("formattedMessage").asText()).isEqualTo("It is\nsaid.");
        assertThat(read.path("timestamp").asLong()).isPositive();
        assertThat(read.path("mdc").path("job").asText()).isEqualTo("job-1");
        assertThat(read.path("mdc").path("trace").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(read.path("throwable").path("className").asText()).isEqualTo("java.lang.IllegalStateException");
    }
}
