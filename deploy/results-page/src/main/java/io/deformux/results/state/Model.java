package io.deformux.results.state;

import io.deformux.schemas.ModelPublished;
import java.time.Instant;

/**
 * A published model.
 *
 * @param published what was announced
 * @param time when
 */
public record Model(ModelPublished published, Instant time) {}
