package io.deformux.worker.train.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link TrainingState} as JSON in the changelog. Fields of a later version are skipped; what is no state reads as none. */
final class StateSerde {
    private static final Logger LOG = LoggerFactory.getLogger(StateSerde.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StateSerde() {}

    static Serde<TrainingState> create() {
        return Serdes.serdeFrom((topic, state) -> write(state), (topic, bytes) -> read(bytes));
    }

    private static byte[] write(TrainingState state) {
        try {
            return state == null ? null : MAPPER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainingState read(byte[] json) {
        try {
            return json == null ? null : MAPPER.readValue(json, TrainingState.class);
        } catch (IOException e) {
            LOG.error("The state of a training cannot be read; the training is forgotten", e);
            return null;
        }
    }
}
