package io.deformux.storage;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A host, or several of one pattern, that {@code http(s):} and {@code dicomweb(s):} references may lead to.
 *
 * @param origin which
 * @param networks the private addresses that its name may have; those of the Internet are allowed always, and so is
 *     the address that an origin is written with
 * @param uses whether it may be read from, stored to, or both
 * @param credentials what to show it, and it alone
 */
public record HostRule(Origin origin, List<AddressBlock> networks, Set<Use> uses, Optional<Credentials> credentials) {

    /** Copies the collections. */
    public HostRule {
        networks = Stream.concat(networks.stream(), ownAddress(origin).stream())
                .distinct()
                .toList();
        uses = Set.copyOf(uses);
    }

    /** A host to read from without credentials, on the Internet or at the very address given. */
    public static HostRule reading(String origin) {
        return new HostRule(Origin.parse(origin), List.of(), Set.of(Use.READ), Optional.empty());
    }

    /** Whether this host may have that address. */
    public boolean admits(InetAddress address) {
        return AddressBlock.isPublic(address) || networks.stream().anyMatch(network -> network.holds(address));
    }

    private static Optional<AddressBlock> ownAddress(Origin origin) {
        String bare = origin.host().replaceAll("[\\[\\]]", "");
        return AddressBlock.isAddress(bare) ? Optional.of(AddressBlock.parse(bare)) : Optional.empty();
    }
}
