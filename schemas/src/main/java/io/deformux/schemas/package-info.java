/**
 * The contract: one record per event, its JSON Schema, {@code asyncapi.yaml} and the codec between records and
 * CloudEvents 1.0, which validates on the way in and out.
 *
 * <p>The schema of type {@code io.deformux.NAME.vN} is the resource {@code NAME.vN.json}; shapes that several events
 * share are in {@code types.v1.json}. A schema's {@code $id} is its name for good and is never fetched.
 *
 * <p>How version 1 may grow: a field may be added if it is optional, nothing is renamed, removed or given another
 * meaning; anything else is a new major version of that type, and what older ones say
 * is read as today's for ever ({@code OlderVersions}). Requests refuse unknown fields, since a worker that
 * skips over what it was asked for would do the wrong work and say that it succeeded. Results and progress allow
 * unknown fields at every level, and a consumer ignores those, as it ignores an output role, stage or unit that it
 * does not know.
 *
 * <p>Threads: everything here is immutable and safe to share. May import nothing of deformux, and no Kafka.
 */
package io.deformux.schemas;
