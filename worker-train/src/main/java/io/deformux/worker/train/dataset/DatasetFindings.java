package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.train.dataset.DatasetFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is wrong or odd, in the order in which it is found: a person mends a data set once and not a file at a time.
 * Belongs to one thread.
 */
public final class DatasetFindings {
    /** A data set can have thousands of files, and all of them may be wrong in the same way. */
    private static final int MOST = 500;

    private static final int MOST_TOLD = 10;
    /** Events have room for so much. */
    private static final int MOST_CHARACTERS = 1500;

    private final List<DatasetFinding> all = new ArrayList<>();
    private int left;

    /** Notes what keeps a training from beginning. */
    public void wrong(FailureCode code, String message) {
        add(new DatasetFinding(Severity.ERROR, code, message));
    }

    /** The same of the data set's own form. */
    void invalid(String message) {
        wrong(FailureCode.DATASET_INVALID, message);
    }

    /** Notes what a training passes over. */
    public void odd(String message) {
        add(new DatasetFinding(Severity.WARNING, FailureCode.DATASET_INVALID, message));
    }

    /** Takes what was found of a part over, with words before each message. */
    public void addAll(DatasetFindings part, String before) {
        part.all.forEach(
                finding -> add(new DatasetFinding(finding.severity(), finding.code(), before + finding.message())));
        left += part.left;
    }

    private void add(DatasetFinding finding) {
        if (all.size() < MOST) {
            all.add(finding);
        } else {
            left++;
        }
    }

    /**
     * Runs something that may be refused, and notes the refusal. What is not the data's fault is thrown on.
     *
     * @return what came of it; empty if it was refused
     */
    public <T> Optional<T> attempt(Supplier<T> something) {
        try {
            return Optional.of(something.get());
        } catch (JobException e) {
            if (e.code().failureClass() != FailureClass.BAD_JOB || e.code() == FailureCode.JOB_CANCELLED) {
                throw e;
            }
            wrong(e.code(), e.getMessage());
            return Optional.empty();
        }
    }

    /** What was found, the first {@value #MOST} of it. */
    public List<DatasetFinding> all() {
        return List.copyOf(all);
    }

    /** How many more there were. */
    public int left() {
        return left;
    }

    /** Whether nothing keeps a training from beginning. */
    public boolean sound() {
        return errors().isEmpty();
    }

    /** Throws all errors as one, with the code of the first. */
    public void requireSound() {
        List<DatasetFinding> errors = errors();
        if (errors.isEmpty()) {
            return;
        }
        if (errors.size() == 1) {
            throw new JobException(errors.get(0).code(), errors.get(0).message());
        }
        StringBuilder message = new StringBuilder(errors.size() + left + " things are wrong: ");
        int told = 0;
        while (told < Math.min(errors.size(), MOST_TOLD) && message.length() < MOST_CHARACTERS) {
            String next = errors.get(told).message();
            message.append(told == 0 ? "" : "; ").append(next, 0, Math.min(next.length(), MOST_CHARACTERS / 2));
            told++;
        }
        if (told < errors.size()) {
            message.append("; and ")
                    .append(errors.size() + left - told)
                    .append(" more: deformux dataset check lists them");
        }
        throw new JobException(errors.get(0).code(), message.toString());
    }

    private List<DatasetFinding> errors() {
        return all.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}
