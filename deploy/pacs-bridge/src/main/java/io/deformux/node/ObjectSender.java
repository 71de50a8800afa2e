package io.deformux.node;

import io.deformux.dicom.net.OutgoingObject;
import io.deformux.dicom.net.StorageUser;
import io.deformux.failure.JobException;
import io.deformux.schemas.OutputFile;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches objects from where workers have stored them and sends them to a peer. None holds up another. One thread. */
final class ObjectSender {
    private final StorageRouter storage;
    private final Path scratch;
    private final StorageUser user;
    private final StorageUser.Called peer;

    /**
     * A sender.
     *
     * @param storage where outputs may be read from
     * @param scratch where outputs from elsewhere lie while they are sent
     */
    ObjectSender(StorageRouter storage, Path scratch, StorageUser user, StorageUser.Called peer) {
        this.storage = storage;
        this.scratch = scratch;
        this.user = user;
        this.peer = peer;
    }

    /**
     * What a try has left.
     *
     * @param objects those that could not be sent, in the order in which they are to be tried the next time
     * @param why one of them could not be; empty if none is left
     */
    record Left(List<OutputFile> objects, String why) {}

    /** Tries each of them once. */
    Left send(List<OutputFile> outputs) {
        Try now = new Try();
        try {
            outputs.forEach(now::fetch);
            now.send();
            return now.left();
        } finally {
            now.opened.forEach(Scratch::close);
        }
    }

    private final class Try implements StorageUser.Answers {
        private final List<Scratch> opened = new ArrayList<>();
        /** Those that wait for an answer. */
        private final Map<OutgoingObject, OutputFile> waiting = new LinkedHashMap<>();

        private final List<OutputFile> failed = new ArrayList<>();
        private String why = "";

        private void fetch(OutputFile output) {
            try {
                Scratch room = Scratch.in(scratch);
                opened.add(room);
                Path file = storage.fetch(output.uri(), Optional.of(output.sha256()), room)
                        .path();
                waiting.put(OutgoingObject.of(file), output);
            } catch (IOException | JobException e) {
                failed.add(output);
                why = e.getMessage();
            }
        }

        private void send() {
            if (waiting.isEmpty()) {
                return;
            }
            try {
                user.send(peer, List.copyOf(waiting.keySet()), this);
            } catch (IOException e) {
                why = peer + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }

        @Override
        public void taken(OutgoingObject object) {
            waiting.remove(object);
        }

        @Override
        public void refused(OutgoingObject object, String reason) {
            failed.add(waiting.remove(object));
            why = peer + ": " + reason;
        }

        /** The association may have ended because of the first of those that wait, which is then the last to be tried. */
        private Left left() {
            List<OutputFile> left = new ArrayList<>(waiting.values());
            Collections.rotate(left, -1);
            left.addAll(failed);
            return new Left(List.copyOf(left), left.isEmpty() ? "" : String.valueOf(why));
        }
    }
}
