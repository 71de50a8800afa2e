package io.deformux.node;

import java.util.OptionalInt;

/**
 * Another application entity.
 *
 * @param aeTitle its title
 * @param host its name or address
 * @param port where it takes objects; empty if it only sends
 * @param tls whether it is called with TLS
 */
public record Peer(String aeTitle, String host, OptionalInt port, boolean tls) {}
