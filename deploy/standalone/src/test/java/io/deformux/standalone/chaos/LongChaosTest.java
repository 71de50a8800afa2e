package io.deformux.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.standalone.chaos.Ledger.Sent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The long form, some twenty minutes, with faults that need a disk of their own and a clock to shift. */
@Tag("chaos")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LongChaosTest extends Chaos {
    LongChaosTest() {
        super(ChaosScale.LONG);
    }

    @Test
    void aFullDiskIsWaitedFor() {
        assumeTrue(site.disk().isPresent(), "no file system can be mounted here");
        for (int round = 0; round < scale.rounds(); round++) {
            site.disk().get().fill();
            List<Sent> sent = send(scale.jobs(), site.smallOutputs().toUri());
            ledger.read(Duration.ofSeconds(15));
            assertThat(ledger.open(sent).stream().filter(one -> one.kind().isJob()))
                    .as("waits")
                    .hasSameSizeAs(
                            sent.stream().filter(one -> one.kind().isJob()).toList());
            site.disk().get().free();
            awaitOutcomes("the disk of the outputs is full", 1, sent);
        }
    }

    @Test
    void aClockThatJumpsHoldsNothingUp() {
        assumeTrue(site.clock().isPresent(), "libfaketime is not installed");
        FakeClock clock = site.clock().get();
        WorkerHost host = site.hosts().get(0);
        host.worker().kill();
        host.start(clock.environment());
        host.awaitMember();
        for (String offset : List.of("+2h", "+0s")) {
            List<Sent> sent = send(scale.jobs() / 2, site.outputs().toUri());
            ledger.read(Duration.ofMillis(random.nextInt(1000)));
            clock.jump(offset);
            ledger.read(Duration.ofSeconds(5));
            sent.addAll(send(scale.jobs() / 2, site.outputs().toUri()));
            awaitOutcomes("a worker's clock jumps by two hours", 1, sent);
        }
        host.worker().kill(); // libfaketime takes a core for itself
        host.start();
    }
}
