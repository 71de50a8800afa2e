package io.deformux.standalone.chaos;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** The short form: two workers, each fault once. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChaosTest extends Chaos {
    ChaosTest() {
        super(ChaosScale.SHORT);
    }
}
