package io.deformux.dicom.net;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the data sets of what arrives whole, by SOP Instance UID, and answers all of it alike. */
public final class ReceivedInstances implements InstanceReceiver {
    private final Map<String, byte[]> dataSets = new ConcurrentHashMap<>();
    private final int status;

    /** Answers with this status. */
    public ReceivedInstances(int status) {
        this.status = status;
    }

    /** What has arrived. */
    public Map<String, byte[]> dataSets() {
        return dataSets;
    }

    @Override
    public Arriving begin(String sopClass, String sopInstance, String transferSyntax) {
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
