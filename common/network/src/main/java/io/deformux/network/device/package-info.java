/**
 * The sliding window's work on the device that its networks are on: windows cut out of a slab of the image, mirrored, predicted,
 * and blended in a ring of planes, so that only finished planes are fetched ({@link
 * io.deformux.network.device.WindowsOnDevice}). It runs as TorchScript, on any device.
 *
 * <p>Threads: everything belongs to one thread. May import {@code failure}, {@code network.gpu}, {@code network.torchscript} and
 * {@code network.weights}; knows no volumes, only numbers of voxels.
 */
package io.deformux.network.device;
