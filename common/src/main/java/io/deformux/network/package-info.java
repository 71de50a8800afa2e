/**
 * DeformUX-Net: its TorchScript source, the archive writer, the weights, and the loaded network. Weights of others come
 * in and go out through {@code checkpoint} below.
 *
 * <p>Threads: a loaded network belongs to one thread at a time. Imports only {@code failure}; knows neither volumes
 * nor Kafka.
 */
package io.deformux.network;
