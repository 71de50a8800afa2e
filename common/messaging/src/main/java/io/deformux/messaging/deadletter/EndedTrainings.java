package io.deformux.messaging.deadletter;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.WholeTopic;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Trainings that have an outcome: nobody waits for their folds any more, nor for their model. */
final class EndedTrainings {
    /** What is asked for in the course of a training. */
    private static final Set<String> PARTS = Set.of(Topics.TRAINING_FOLD_REQUESTED, Topics.TRAINING_READY);

    private final KafkaConnection connection;
    private final EventRecords records = new EventRecords(URI.create("unused"), Integer.MAX_VALUE);

    EndedTrainings(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Why nobody waits for what a letter asks for; empty if somebody may. */
    Optional<String> endOf(DeadLetter letter) {
        if (!PARTS.contains(connection.topics().contract(letter.topic()))) {
            return Optional.empty();
        }
        ProducerRecord<byte[], byte[]> original = letter.original();
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>(original.topic(), 0, 0, original.key(), original.value());
        original.headers().forEach(read.headers()::add);
        return event(read).flatMap(EndedTrainings::training).flatMap(this::end);
    }

    private static Optional<String> training(Event part) {
        if (part instanceof TrainingFoldRequested fold) {
            return Optional.of(fold.trainingId());
        }
        return part instanceof TrainingReady ready ? Optional.of(ready.trainingId()) : Optional.empty();
    }

    private Optional<String> end(String trainingId) {
        Map<String, String> ends = new HashMap<>();
        WholeTopic.read(
                connection, Topics.TRAINING_RESULT, record -> event(record).ifPresent(event -> {
                    if (event instanceof TrainingCompleted completed) {
                        ends.put(completed.trainingId(), "is completed");
                    } else if (event instanceof TrainingFailed failed
                            && !failed.code().equals(FailureCode.TRAINING_ID_TAKEN.name())) {
                        ends.put(failed.trainingId(), "has failed with " + failed.code());
                    }
                }));
        return Optional.ofNullable(ends.get(trainingId))
                .map(end -> "training " + trainingId + " " + end
                        + ", so nobody waits for its folds or its model; send the training again under another id");
    }

    private Optional<Event> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(records.read(record).event());
        } catch (JobException e) {
            return Optional.empty();
        }
    }
}
