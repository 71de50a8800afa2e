package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * The Dice coefficient of one label.
 *
 * @param value the label's value; where regions were learned, the place of one among them, from 1
 * @param name its name
 * @param dice mean over the validation cases that have the label, 0 to 1; absent if none has it
 */
public record LabelDice(int value, String name, Optional<Double> dice) {
    /** A score; it may be empty but not {@code null}. */
    public LabelDice {
        Objects.requireNonNull(dice, "dice");
    }
}
