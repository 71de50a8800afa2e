package io.deformux.node;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.FeedPublisher;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place in Kafka of a node's folder, opened as often as it has to be. It has the folder's name, so a node whose folder is a copy
 * of another's has the other's place too, and each would take what the other announces for announced. Whichever of the two is put
 * off by the other finds that out when it opens the place again, gives its folder another name and begins anew: all that lies
 * there is announced again, of which what was done before is answered as it was. One thread.
 */
final class NodeFeed implements Supplier<FeedPublisher> {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFeed.class);

    private final SeriesStore store;
    private final Opening opening;
    /** Of this run of the node. */
    private final String name = UUID.randomUUID().toString();

    private boolean opened;
    /** Who had left the place that was found last, and which: as long as both stay, it may be a run that has ended. */
    private Optional<String> before = Optional.empty();

    private long at;

    /** Opens a place. */
    interface Opening {
        /**
         * Opens the place of a folder.
         *
         * @param folder its name
         * @param by the name of this run, to be left beside the place
         * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE}
         */
        FeedPublisher open(String folder, String by);
    }

    NodeFeed(SeriesStore store, Opening opening) {
        this.store = store;
        this.opening = opening;
    }

    /**
     * Opens it.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}, or {@code STORAGE_UNAVAILABLE} if the folder cannot be renamed
     */
    @Override
    public FeedPublisher get() {
        FeedPublisher publisher = opening.open(store.id(), name);
        Optional<String> by = publisher.foundBy();
        boolean moved = !by.equals(before) || publisher.position() != at;
        if (opened && by.isPresent() && !by.get().equals(name) && moved) {
            publisher.close();
            rename();
            return get();
        }
        opened = true;
        before = by;
        at = publisher.position();
        return publisher;
    }

    private void rename() {
        LOG.warn("Another node announces under the name of this one's folder, of which one must be a copy:"
                + " this folder gets another name, and all that lies in it is announced again");
        try {
            store.rename();
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE,
                    "the file .node of the folder cannot be written: check its disk",
                    e);
        }
        opened = false;
    }
}
