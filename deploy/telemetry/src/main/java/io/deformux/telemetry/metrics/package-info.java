/**
 * Metrics: {@link io.deformux.telemetry.metrics.Metric} is the catalogue, the one place of names, units, labels and help;
 * {@link io.deformux.telemetry.metrics.Meters} holds the values, and the other classes say when something is counted. A
 * label has few values, all from the software or its settings.
 *
 * <p>Threads: all classes are for all threads unless they say otherwise. May import {@code failure}, {@code messaging.job}, {@code
 * messaging.record}, {@code network..}, {@code dicom.net}, {@code node}, {@code pacs}, {@code results.webhook}, {@code schemas}, {@code worker.infer.stage} and {@code
 * worker.train.job}.
 */
package io.deformux.telemetry.metrics;
