/**
 * The U-Net of nnU-Net (Isensee et al., Nature Methods 2021), as the implementations that people train have it: each is a {@link
 * io.deformux.network.architecture.nnunet.UNetImplementation} that says what it calls the layers and the little that it
 * computes otherwise. The levels, and so what the whole computes, follow from the configuration; {@code nnunet.py} says what
 * a single layer does.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.architecture.blocks},
 * {@code network.torchscript} and {@code network.weights}.
 */
package io.deformux.network.architecture.nnunet;
