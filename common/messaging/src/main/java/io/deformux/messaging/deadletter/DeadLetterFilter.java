package io.deformux.messaging.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters; an empty set stands for all there are.
 *
 * @param ids their ids
 * @param codes their codes
 * @param topics the topics from which they came
 * @param jobs their jobs
 * @param since given up then or later
 * @param until given up before then
 * @param settled also those that were replayed or discarded
 */
public record DeadLetterFilter(
        Set<String> ids,
        Set<String> codes,
        Set<String> topics,
        Set<String> jobs,
        Optional<Instant> since,
        Optional<Instant> until,
        boolean settled) {

    /** Copies the sets. */
    public DeadLetterFilter {
        ids = Set.copyOf(ids);
        codes = Set.copyOf(codes);
        topics = Set.copyOf(topics);
        jobs = Set.copyOf(jobs);
    }

    /** One letter, settled or not. */
    public static DeadLetterFilter one(String id) {
        return new DeadLetterFilter(Set.of(id), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), true);
    }

    /** Whether it names anything, so that not all open letters fit. */
    public boolean isLimited() {
        return !(ids.isEmpty() && codes.isEmpty() && topics.isEmpty() && jobs.isEmpty())
                || since.isPresent()
                || until.isPresent();
    }

    /** Whether a letter is one of them. */
    public boolean fits(DeadLetter letter) {
        return (settled || letter.mark().isEmpty())
                && among(ids, letter.id())
                && among(codes, letter.code())
                && among(topics, letter.topic())
                && among(jobs, letter.job().orElse(""))
                && since.filter(letter.time()::isBefore).isEmpty()
                && until.filter(time -> !letter.time().isBefore(time)).isEmpty();
    }

    private static boolean among(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
