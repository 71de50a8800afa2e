package io.deformux.telemetry.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lets through what is in the catalogue, also of libraries, with the help and the labels that it has there. */
final class CatalogueFilter implements MeterFilter {
    /** What the format puts behind a counter's name, after all naming. */
    private static final String TOTAL = "_total";

    private static final Map<String, Metric> BY_NAME =
            Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::prometheusName, Function.identity()));

    private final PrometheusNamingConvention names = new PrometheusNamingConvention();

    @Override
    public Meter.Id map(Meter.Id id) {
        return metric(id).map(metric -> mapped(id, metric)).orElse(id);
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return metric(id).isPresent() ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    private Optional<Metric> metric(Meter.Id id) {
        String name = names.name(id.getName(), id.getType(), id.getBaseUnit());
        boolean bare = id.getType() == Meter.Type.COUNTER && !name.endsWith(TOTAL);
        return Optional.ofNullable(BY_NAME.get(bare ? name + TOTAL : name));
    }

    private static Meter.Id mapped(Meter.Id id, Metric metric) {
        Tags tags = Tags.of(metric.labels().stream()
                .map(label -> Tag.of(label, String.valueOf(id.getTag(label))))
                .toList());
        return new Meter.Id(id.getName(), tags, id.getBaseUnit(), metric.help(), id.getType());
    }
}
