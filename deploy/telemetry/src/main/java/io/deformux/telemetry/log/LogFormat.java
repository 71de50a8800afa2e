package io.deformux.telemetry.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Iterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How lines of the log look. */
public enum LogFormat {
    /** For people, as {@code logback.xml} says. */
    TEXT {
        @Override
        public void apply() {
            // As it is.
        }
    },
    /** One JSON object a line, with {@code job} and {@code trace} in {@code mdc} where a line is about a job. */
    JSON {
        @Override
        public void apply() {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                use(context);
            }
        }
    };

    /** Has the log of this process written so from now on. */
    public abstract void apply();

    static void use(LoggerContext context) {
        Iterator<Appender<ILoggingEvent>> all =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (all.hasNext()) {
            if (all.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                appender.setEncoder(json(context));
            }
        }
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithContext(false);
        json.setWithSequenceNumber(false);
        json.setWithNanoseconds(false);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithFormattedMessage(true);
        json.start();
        return json;
    }
}
