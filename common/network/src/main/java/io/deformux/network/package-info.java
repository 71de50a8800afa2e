/**
 * What callers use of networks: to predict with one ({@link io.deformux.network.ProvenNetwork}), to train one ({@link
 * io.deformux.network.TrainableNetwork}), and how: device, precision, way to compute.
 *
 * <p>The rooms below: {@code architecture} says what a network is, with a package for each kind; {@code torchscript} writes
 * and loads it for PyTorch; {@code weights} are its values and {@code checkpoint} their formats; {@code cpu}, {@code kernel}
 * and {@code training} compute on a CPU; {@code gpu} on a
 * GPU beside PyTorch; {@code device} slides windows there; {@code library} and {@code proof} see to it that what is computed is right.
 *
 * <p>Threads: what is chosen is a value; a loaded network belongs to one thread at a time. May import {@code
 * network.architecture..}, {@code network.torchscript}, {@code network.weights}, {@code network.cpu}, {@code network.kernel},
 * {@code network.training}, {@code network.library}, {@code network.proof}, {@code network.device}, {@code
 * network.gpu} and {@code failure}; knows neither volumes nor
 * Kafka.
 */
package io.deformux.network;
