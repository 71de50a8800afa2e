package io.deformux.dicom.net;

import java.net.InetAddress;

/**
 * Peers on this machine.
 *
 * @param aeTitle the one title that is known; empty: any
 */
public record KnownPeers(String aeTitle) implements AssociationPolicy.Peers {
    @Override
    public boolean isAt(InetAddress address) {
        return address.isLoopbackAddress();
    }

    @Override
    public boolean knows(String title, InetAddress address) {
        return isAt(address) && (aeTitle.isEmpty() || title.equals(aeTitle));
    }
}
