/**
 * DeformUX-Net: its TorchScript source, the archive writer, weights in and out, and the loaded network.
 *
 * <p>Threads: a loaded network belongs to one thread at a time. Imports only {@code failure}; knows neither volumes
 * nor Kafka.
 */
package io.deformux.network;
