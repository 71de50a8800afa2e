package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.net.InstanceReceiver;
import io.deformux.dicom.net.InstanceReceiver.Arriving;
import io.deformux.dicom.net.OutgoingObject;
import io.deformux.testing.format.EnhancedCt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredInstancesTest {
    private static final long PLENTY = 1L << 40;
    private static final long TOO_LITTLE = 100L << 20;

    @TempDir
    private Path folder;

    private final AtomicLong free = new AtomicLong(PLENTY);
    private SeriesStore store;
    private OutgoingObject object;
    private byte[] dataSet;

    @BeforeEach
    void open() throws IOException {
        store = SeriesStore.open(folder.resolve("incoming"));
        Path file = EnhancedCt.write(folder.resolve("sent/one.dcm"), "one", 20, 20, 5, n -> n);
        object = OutgoingObject.of(file);
        byte[] all = Files.readAllBytes(file);
        dataSet = Arrays.copyOfRange(all, (int) object.dataSetStart(), all.length);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void whatIsAnsweredWithSuccessIsThere() throws IOException {
        assertThat(taken(dataSet)).isEqualTo(InstanceReceiver.SUCCESS);

        store.settle(Instant.now().plus(Duration.ofHours(1)), 0);
        assertThat(SeriesStore.instances(store.after(0).get(0))).hasSize(1);
    }

    @Test
    void whileItsAssociationIsOpenASeriesIsNotWhole() throws IOException {
        Instant soon = Instant.now().plusSeconds(60);
        try (InstanceReceiver.Delivery delivery = new StoredInstances(store, 1L << 30, free::get).open()) {
            try (Arriving arriving = begin(delivery)) {
                arriving.take(dataSet);
                assertThat(arriving.end()).isEqualTo(InstanceReceiver.SUCCESS);
            }
            assertThat(store.settle(soon, 0)).isZero();
        }
        assertThat(store.settle(soon, 0)).isEqualTo(1);
    }

    @Test
    void aDiskThatIsNearlyFullTakesNothing() throws IOException {
        free.set(TOO_LITTLE);

        assertThat(taken(dataSet)).isEqualTo(InstanceReceiver.OUT_OF_RESOURCES);
        assertThat(kept()).isZero();
    }

    @Test
    void aDiskThatFillsUpWhileAnImageComesIsNotFilledToItsEnd() throws IOException {
        byte[] part = new byte[4 << 20];
        try (Arriving arriving = begin()) {
            arriving.take(part);
            free.set(TOO_LITTLE);
            for (int n = 0; n < 8; n++) {
                arriving.take(part);
            }

            assertThat(arriving.end()).isEqualTo(InstanceReceiver.OUT_OF_RESOURCES);
            assertThat(written()).isLessThanOrEqualTo(20L << 20);
        }
        assertThat(kept()).isZero();
    }

    private Arriving begin() {
        return begin(new StoredInstances(store, 1L << 30, free::get).open());
    }

    private Arriving begin(InstanceReceiver.Delivery delivery) {
        return delivery.begin(object.sopClass(), object.sopInstance(), object.transferSyntax());
    }

    private int taken(byte[] bytes) {
        try (Arriving arriving = begin()) {
            arriving.take(bytes);
            return arriving.end();
        }
    }

    private long kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("incoming"))) {
            return files.filter(file -> file.toString().endsWith(".dcm")).count();
        }
    }

    /** Bytes of what arrives. */
    private long written() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("incoming/.arriving"))) {
            return Files.size(files.findFirst().orElseThrow());
        }
    }
}
