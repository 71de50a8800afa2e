package io.deformux.network.training;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Spreads numbered tasks over the common pool. Tasks must not touch the same values. */
public final class ParallelTasks {

    private ParallelTasks() {}

    /** Runs the tasks 0 to {@code tasks} - 1 in any order and returns when all are done. */
    public static void forEach(int tasks, IntConsumer task) {
        IntStream.range(0, tasks).parallel().forEach(task);
    }
}
