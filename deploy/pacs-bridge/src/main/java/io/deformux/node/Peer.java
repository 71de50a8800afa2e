package io.deformux.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Another application entity.
 *
 * @param aeTitle its title
 * @param host its name or address
 * @param port where it takes objects; empty if it only sends
 * @param tls whether it is called with TLS
 */
public record Peer(String aeTitle, String host, OptionalInt port, boolean tls) {
    /** Whether an address is one of its host's, as the resolver has them now. */
    boolean isAt(InetAddress address) {
        try {
            return Arrays.asList(InetAddress.getAllByName(host)).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
