/**
 * Networks that were made elsewhere and come as an archive of TorchScript: what they compute is known by the archive alone, and
 * what goes in and comes out by their configuration.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.torchscript} and {@code
 * network.weights}.
 */
package io.deformux.network.architecture.scripted;
