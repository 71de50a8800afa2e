package io.deformux.standalone.chaos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** What comes to a job topic beside good jobs: an odd record that asks for a job all the same, or one that nobody can read. */
enum RecordKind {
    /** As the contract says. */
    GOOD(true),
    NULL_CONTENT_TYPE(true) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return with(super.of(good, partition), "content-type", null);
        }
    },
    NO_KEY(true) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return new ProducerRecord<>(good.topic(), partition, (byte[]) null, good.value(), good.headers());
        }
    },
    /** As some clients and mirrors write it; Java's own does so only if its record is asked for it. */
    NO_TIMESTAMP(true) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return new ProducerRecord<>(good.topic(), partition, good.key(), good.value(), good.headers()) {
                @Override
                public Long timestamp() {
                    return -1L;
                }
            };
        }
    },
    SIX_DAYS_OLD(true) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return at(good, partition, -TimeUnit.DAYS.toMillis(6));
        }
    },
    FROM_THE_FUTURE(true) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return at(good, partition, Duration.ofMinutes(50).toMillis());
        }
    },
    NO_ID(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            ProducerRecord<byte[], byte[]> made = super.of(good, partition);
            made.headers().remove("ce_id");
            return made;
        }
    },
    NULL_SPECVERSION(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return with(super.of(good, partition), "ce_specversion", null);
        }
    },
    UNKNOWN_TYPE(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return with(super.of(good, partition), "ce_type", "io.example.other.v1");
        }
    },
    BAD_JSON(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return valued(good, partition, "{\"jobId\": ");
        }
    },
    DEEP_JSON(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return valued(good, partition, "[".repeat(50_000));
        }
    },
    NO_VALUE(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return new ProducerRecord<>(good.topic(), partition, good.key(), null, good.headers());
        }
    },
    TOO_LARGE(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return valued(good, partition, " ".repeat(300_000));
        }
    },
    /** Small on the wire, where it is compressed, and too large for the dead letters. */
    TOO_LARGE_FOR_A_LETTER(false) {
        @Override
        ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
            return with(valued(good, partition, " ".repeat(900_000)), "x-baggage", "b".repeat(200_000));
        }
    };

    private final boolean job;

    RecordKind(boolean job) {
        this.job = job;
    }

    /** Whether it asks for a job, which then has one result; else it has one dead letter. */
    boolean isJob() {
        return job;
    }

    static List<RecordKind> odd() {
        return Stream.of(values()).filter(kind -> kind != GOOD).toList();
    }

    /** The record of this kind that is made of a good one. */
    ProducerRecord<byte[], byte[]> of(ProducerRecord<byte[], byte[]> good, int partition) {
        return new ProducerRecord<>(good.topic(), partition, good.key(), good.value(), good.headers());
    }

    private static ProducerRecord<byte[], byte[]> valued(
            ProducerRecord<byte[], byte[]> good, int partition, String value) {
        return new ProducerRecord<>(
                good.topic(), partition, good.key(), value.getBytes(StandardCharsets.UTF_8), good.headers());
    }

    private static ProducerRecord<byte[], byte[]> at(
            ProducerRecord<byte[], byte[]> good, int partition, long offMillis) {
        return new ProducerRecord<>(
                good.topic(),
                partition,
                System.currentTimeMillis() + offMillis,
                good.key(),
                good.value(),
                good.headers());
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> made, String header, String value) {
        Headers headers = made.headers();
        headers.remove(header);
        headers.add(header, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return made;
    }
}
