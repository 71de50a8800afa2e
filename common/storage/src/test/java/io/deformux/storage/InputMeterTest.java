package io.deformux.storage;

import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.SCRATCH_UNAVAILABLE;
import static io.deformux.failure.FailureCode.STORAGE_FULL;
import static io.deformux.storage.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputMeterTest {
    @TempDir
    Path temp;

    @Test
    void bytesCountAsTheyComeOverAllStreams() throws IOException {
        InputMeter meter = new InputLimits(6, 9).meter();
        meter.count(stream(4)).readAllBytes();
        InputStream second = meter.count(stream(3));

        assertThat(second.read()).isNotNegative();
        assertThat(second.skip(1)).isEqualTo(1);
        assertThat(meter.bytes()).isEqualTo(6);
        refused(INPUT_TOO_LARGE, temp, second::read);
    }

    @Test
    void theEndOfAStreamCountsNothing() throws IOException {
        InputMeter meter = new InputLimits(1, 1).meter();
        InputStream empty = meter.count(stream(0));

        assertThat(empty.read()).isNegative();
        assertThat(empty.read(new byte[4])).isNegative();
        assertThat(meter.bytes()).isZero();
    }

    @Test
    void anAnnouncedSizeIsRefusedBeforeItComes() {
        InputMeter meter = new InputLimits(6, 1).meter();

        meter.announce(6);

        refused(INPUT_TOO_LARGE, temp, () -> meter.announce(7));
        refused(INPUT_TOO_LARGE, temp, () -> meter.announce(Long.MAX_VALUE));
    }

    @Test
    void anAnnouncedSizeThatTheDiskHasNoRoomForIsToldWithTheNumbersBeforeItComes() throws IOException {
        InputMeter meter = new InputLimits(Long.MAX_VALUE, 1).meter();

        meter.announce(0, temp);
        assertThat(refused(STORAGE_FULL, temp, () -> meter.announce(1L << 60, temp)))
                .hasMessageContaining("takes 1152921504.6 GB")
                .hasMessageContaining("GB free");
        refused(SCRATCH_UNAVAILABLE, temp, () -> meter.announce(1, temp.resolve("gone")));
    }

    private static InputStream stream(int bytes) {
        return new ByteArrayInputStream(new byte[bytes]);
    }
}
