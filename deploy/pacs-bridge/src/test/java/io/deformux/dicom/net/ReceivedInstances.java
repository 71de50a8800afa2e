package io.deformux.dicom.net;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the data sets of what arrives whole, by SOP Instance UID, and answers all of it alike. */
public final class ReceivedInstances implements InstanceReceiver {
    private final Map<String, byte[]> dataSets = new ConcurrentHashMap<>();
    private final int status;
    private final AtomicInteger ended = new AtomicInteger();

    /** Answers with this status. */
    public ReceivedInstances(int status) {
        this.status = status;
    }

    /** What has arrived. */
    public Map<String, byte[]> dataSets() {
        return dataSets;
    }

    /** How many associations have ended that may have brought something. */
    public int ended() {
        return ended.get();
    }

    @Override
    public Delivery open() {
        return new Delivery() {
            @Override
            public Arriving begin(String sopClass, String sopInstance, String transferSyntax) {
                return arriving(sopInstance);
            }

            @Override
            public void close() {
                ended.incrementAndGet();
            }
        };
    }

    private Arriving arriving(String sopInstance) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Arriving() {
            @Override
            public void take(byte[] fragment) {
                bytes.writeBytes(fragment);
            }

            @Override
            public int end() {
                dataSets.put(sopInstance, bytes.toByteArray());
                return status;
            }

            @Override
            public void close() {}
        };
    }
}
