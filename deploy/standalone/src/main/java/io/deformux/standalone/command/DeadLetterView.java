package io.deformux.standalone.command;

import io.deformux.messaging.deadletter.DeadLetter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dead letter as programs read it; the keys do not change. */
final class DeadLetterView {
    private DeadLetterView() {}

    static Map<String, Object> fields(DeadLetter letter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", letter.id());
        fields.put("time", letter.time().toString());
        fields.put("code", letter.code());
        fields.put("message", letter.message());
        fields.put("attempts", letter.attempts());
        fields.put("topic", letter.topic());
        fields.put("partition", letter.partition());
        fields.put("offset", letter.offset());
        fields.put("job", letter.job().orElse(null));
        fields.put("state", state(letter));
        fields.put("since", letter.mark().map(DeadLetter.Mark::since).orElse(null));
        return fields;
    }

    /** {@code open}, or what became of it. */
    static String state(DeadLetter letter) {
        return letter.mark().map(DeadLetter.Mark::state).orElse("open");
    }
}
