package io.deformux.telemetry.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exporter that counts what was not taken, and says when that begins and ends. */
final class LostSpans implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(LostSpans.class);

    private final SpanExporter exporter;
    private final IntConsumer lost;
    private final AtomicBoolean losing = new AtomicBoolean();

    LostSpans(SpanExporter exporter, IntConsumer lost) {
        this.exporter = exporter;
        this.lost = lost;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> tell(result.isSuccess(), spans.size()));
        return result;
    }

    private void tell(boolean taken, int count) {
        if (!taken) {
            lost.accept(count);
        }
        if (losing.getAndSet(!taken) == taken) {
            LOG.info(taken ? "Spans are taken again" : "Spans are lost: the OTLP endpoint does not take them");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
