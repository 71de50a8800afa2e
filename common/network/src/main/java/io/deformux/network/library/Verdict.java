package io.deformux.network.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out of trying one kind of arithmetic.
 *
 * @param passed whether it is trusted
 * @param worst the largest relative error seen; empty where none was measured or not one wrong value was finite
 * @param detail in plain words
 * @param conclusive whether this is about the arithmetic, so that a second try would say the same; a child process that
 *     did not start or was too slow says nothing about it
 */
public record Verdict(boolean passed, OptionalDouble worst, String detail, boolean conclusive) {
    private static final int LONGEST_DETAIL = 1000;

    /** Cuts a detail that is too long to show. */
    public Verdict {
        detail = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
    }

    /** Trusted without a try. */
    static Verdict notTried(String why) {
        return new Verdict(true, OptionalDouble.empty(), why, false);
    }

    /** Not right, for a reason that will not go away. */
    static Verdict failed(String why) {
        return new Verdict(false, OptionalDouble.empty(), why, true);
    }

    /** Not known, and so not trusted now. */
    static Verdict unknown(String why) {
        return new Verdict(false, OptionalDouble.empty(), why, false);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("passed", passed);
        worst.ifPresent(error -> json.put("worst", error));
        return json.put("detail", detail).put("conclusive", conclusive);
    }

    /** Empty if that is no verdict. */
    static Optional<Verdict> fromJson(JsonNode json) {
        JsonNode worst = json.path("worst");
        boolean valid = json.path("passed").isBoolean()
                && json.path("conclusive").isBoolean()
                && json.path("detail").isTextual()
                && (worst.isMissingNode() || worst.isNumber());
        return valid
                ? Optional.of(new Verdict(
                        json.get("passed").booleanValue(),
                        worst.isNumber() ? OptionalDouble.of(worst.doubleValue()) : OptionalDouble.empty(),
                        json.get("detail").textValue(),
                        json.get("conclusive").booleanValue()))
                : Optional.empty();
    }
}
