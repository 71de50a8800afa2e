package io.deformux.network.library;

import java.util.Locale;

/** What a person makes every network compute in, to see a fallback at work. */
public enum ForcedArithmetic {
    /** Float, with oneDNN switched off. */
    FP32_WITHOUT_ONEDNN,
    /** Float. */
    FP32,
    /** Bfloat16. */
    BF16;

    /** {@code fp32-without-onednn}, {@code fp32} or {@code bf16}; throws {@link IllegalArgumentException} otherwise. */
    static ForcedArithmetic parse(String name) {
        for (ForcedArithmetic arithmetic : values()) {
            if (arithmetic.wireName().equals(name)) {
                return arithmetic;
            }
        }
        throw new IllegalArgumentException(
                "the forced arithmetic must be fp32-without-onednn, fp32 or bf16, not " + name);
    }

    /** The name in the setting. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
