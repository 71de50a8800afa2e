package io.deformux.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private final VersionOrder order = new VersionOrder();

    @Test
    void versionsAreOrderedAsPeopleReadThem() {
        List<String> expected = List.of(
                "0.9",
                "1.0.0-rc2",
                "1.0.0-rc10",
                "1.0.0",
                "1.0.1",
                "1.9",
                "1.10",
                "2",
                "10",
                "2024.05",
                "2024.12",
                "9999999999999999999999",
                "v1",
                "v2",
                "v10");
        List<String> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(1));

        shuffled.sort(order);

        assertThat(shuffled).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void theOrderIsTotal(@ForAll("versions") String a, @ForAll("versions") String b, @ForAll("versions") String c) {
        assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
        assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
            assertThat(order.compare(a, c)).isLessThanOrEqualTo(0);
        }
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.strings().withChars("019a.-_").ofMinLength(1).ofMaxLength(6);
    }
}
