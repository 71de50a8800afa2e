package io.deformux.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation (RFC 4632).
 *
 * @param base an address of it
 * @param bits how many leading bits its addresses share
 */
public record AddressBlock(InetAddress base, int bits) {
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** The addresses of the Internet at large: all of IPv4 and 2000::/3, less what is set aside. */
    private static final List<AddressBlock> INTERNET = networks("0.0.0.0/0", "2000::/3");

    /**
     * What the special-purpose registries of IANA (RFC 6890) keep from the Internet: private, shared, loopback,
     * link-local (cloud metadata services live there), documentation, benchmarking, multicast, reserved, and the
     * IPv6 forms that carry an IPv4 address.
     */
    private static final List<AddressBlock> SET_ASIDE = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /** Checks the number of bits; throws {@link IllegalArgumentException} otherwise. */
    public AddressBlock {
        if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no such network: " + base.getHostAddress() + "/" + bits);
        }
    }

    /**
     * From an address, such as {@code 10.1.2.3} or {@code fd00::1}, or a block, such as {@code 10.1.0.0/16}. Looks
     * nothing up.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static AddressBlock parse(String text) {
        String[] parts = text.split("/", 2);
        if (!isAddress(parts[0]) || (parts.length == 2 && !parts[1].matches("[0-9]{1,3}"))) {
            throw new IllegalArgumentException("not an address or network such as 10.1.0.0/16: " + text);
        }
        try {
            InetAddress base = InetAddress.getByName(parts[0]);
            return new AddressBlock(
                    base, parts.length == 2 ? Integer.parseInt(parts[1]) : base.getAddress().length * Byte.SIZE);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }

    /** Whether a host is written as an address and not as a name. */
    static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** Whether the address is one of the Internet at large. */
    public static boolean isPublic(InetAddress address) {
        return INTERNET.stream().anyMatch(each -> each.holds(address))
                && SET_ASIDE.stream().noneMatch(each -> each.holds(address));
    }

    /** Whether the address lies in this network. */
    public boolean holds(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<AddressBlock> networks(String... blocks) {
        return List.of(blocks).stream().map(AddressBlock::parse).toList();
    }
}
