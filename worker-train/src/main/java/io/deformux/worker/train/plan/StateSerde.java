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

/** What is known, as JSON in the changelog. Fields of a later version are skipped; what is no state reads as none. */
final class StateSerde {
    private static final Logger LOG = LoggerFactory.getLogger(StateSerde.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StateSerde() {}

    static <S> Serde<S> of(Class<S> kind) {
        return Serdes.serdeFrom((topic, state) -> write(state), (topic, bytes) -> read(bytes, kind));
    }

    private static byte[] write(Object state) {
        try {
            return state == null ? null : MAPPER.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <S> S read(byte[] json, Class<S> kind) {
        try {
            return json == null ? null : MAPPER.readValue(json, kind);
        } catch (IOException e) {
            LOG.error("The state of a training or comparison cannot be read; it is forgotten", e);
            return null;
        }
    }
}
