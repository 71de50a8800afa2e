package io.deformux.worker.train.sampling;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches ahead on threads of its own while the device trains. They come out in the order of the iterations, and
 * since each follows from its number alone, the number of threads changes nothing but the speed. One thread takes;
 * close it.
 */
public final class BatchQueue implements AutoCloseable {
    private final CropSampler sampler;
    private final int ahead;
    private final ExecutorService makers;
    private final Deque<Future<Batch>> coming = new ArrayDeque<>();
    private long next;

    /**
     * Starts making batches.
     *
     * @param first the iteration that comes out first
     * @param threads how many threads make batches
     * @param ahead how many batches are made or waiting at most
     */
    public BatchQueue(CropSampler sampler, long first, int threads, int ahead) {
        this.sampler = sampler;
        this.next = first;
        this.ahead = ahead;
        this.makers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "deformux-batches");
            thread.setDaemon(true);
            return thread;
        });
        refill();
    }

    /**
     * The batch of the next iteration; waits for it.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; the batch is not lost
     */
    public Batch take() throws InterruptedException {
        try {
            Batch batch = coming.peek().get();
            coming.remove();
            refill();
            return batch;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JobException known) {
                throw known;
            }
            throw new JobException(FailureCode.INTERNAL, "a training batch could not be made", e.getCause());
        }
    }

    private void refill() {
        while (coming.size() < ahead) {
            long iteration = next++;
            coming.add(makers.submit(() -> Batch.of(sampler.crops(iteration), sampler.size())));
        }
    }

    @Override
    public void close() {
        makers.shutdownNow();
    }
}
