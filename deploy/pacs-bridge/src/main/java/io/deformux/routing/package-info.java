/**
 * Which series go to which models: {@link io.deformux.routing.RoutingRules}, read from a file that people write and read
 * again when they change it. Knows nothing of where a series lies: whoever asks says what its attributes are, as {@link
 * io.deformux.routing.SeriesAttributes}.
 *
 * <p>Attributes are what is known of a patient. They are compared here and go no further: no message, event or log line has
 * one. Expressions are matched in a time that grows with text and expression alone (RE2), since the texts come from outside.
 *
 * <p>Threads: all immutable but for {@link io.deformux.routing.RulesFile}, which belongs to one. May import {@code schemas},
 * {@code storage} and {@code dicom.data}.
 */
package io.deformux.routing;
