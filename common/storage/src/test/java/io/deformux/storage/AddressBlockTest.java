package io.deformux.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fe80::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:db8::1",
                "2002:a00:1::"
            })
    void addressesThatAreSetAsideAreNotPublic(String address) throws UnknownHostException {
        assertThat(AddressBlock.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.32.0.0",
                "192.169.0.0",
                "223.255.255.255",
                "2606:4700::1"
            })
    void theRestIsPublic(String address) throws UnknownHostException {
        assertThat(AddressBlock.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.0.0/15, 10.0.0.1, true",
        "0.0.0.0/0, 10.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "fd00::/8, fdff::1, true",
        "fd00::/9, fdff::1, false"
    })
    void aNetworkHoldsTheAddressesThatShareItsBits(String network, String address, boolean held)
            throws UnknownHostException {
        assertThat(AddressBlock.parse(network).holds(InetAddress.getByName(address)))
                .isEqualTo(held);
    }

    @Test
    void namesAreNoNetworks() {
        for (String text :
                new String[] {"localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "", "1.2.3.256"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> AddressBlock.parse(text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://pacs.example.org, https://PACS.example.org:443, true",
        "https://pacs.example.org, http://pacs.example.org, false",
        "https://pacs.example.org, https://pacs.example.org:8443, false",
        "https://pacs.example.org, https://pacs.example.org.evil.net, false",
        "https://pacs.example.org, https://xpacs.example.org, false",
        "https://*.example.org, https://a.b.example.org, true",
        "https://*.example.org, https://example.org, false",
        "https://*.example.org, https://evilexample.org, false",
        "http://[::1]:80, http://[::1], true"
    })
    void anOriginCoversItselfAndItsPatternOnly(String pattern, String other, boolean covered) {
        assertThat(Origin.parse(pattern).covers(Origin.parse(other))).isEqualTo(covered);
    }
}
