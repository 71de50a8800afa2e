package io.deformux.storage.web;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer as a stream that does not wait forever, which the platform's own does. Buffers one piece at a
 * time. Written to by the HTTP client's threads, read by one.
 *
 * <p>Reading throws {@link JobException}: STORAGE_UNAVAILABLE when nothing comes for too long or the connection breaks
 * off, JOB_CANCELLED when the thread is interrupted.
 */
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {
    /** What the client says: buffers, its end, or why it broke off. */
    private sealed interface Signal {}

    private record Piece(List<ByteBuffer> buffers) implements Signal {}

    private record End() implements Signal {}

    private record Broken() implements Signal {}

    private final Duration stall;

    /** At most one piece, which is all that was asked for, and one end. */
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private boolean ended;

    /** A body that may be silent for that long. */
    BodyStream(Duration stall) {
        this.stall = stall;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Piece(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Broken());
    }

    @Override
    public void onComplete() {
        signals.add(new End());
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            ByteBuffer buffer = current.peek();
            if (buffer == null) {
                await();
            } else if (!buffer.hasRemaining()) {
                current.remove();
                if (current.isEmpty()) {
                    subscription.join().request(1);
                }
            } else {
                int n = Math.min(length, buffer.remaining());
                buffer.get(target, offset, n);
                return n;
            }
        }
        return -1;
    }

    /** Ends the transfer, whether all came or not. */
    @Override
    public void close() {
        ended = true;
        current.clear();
        subscription.thenAccept(Flow.Subscription::cancel);
    }

    private void await() {
        Signal signal;
        try {
            signal = signals.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while its input was read");
        }
        if (signal instanceof Piece piece) {
            current.addAll(piece.buffers());
            if (current.isEmpty()) {
                subscription.join().request(1);
            }
        } else if (signal instanceof End) {
            ended = true;
        } else {
            close();
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE,
                    signal == null
                            ? "the server went silent for " + stall.toMillis() + " ms in the middle of an answer"
                            : "the connection broke off in the middle of an answer");
        }
    }
}
