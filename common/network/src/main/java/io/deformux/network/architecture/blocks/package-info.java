/**
 * What several networks are made of, as modules: single layers ({@link
 * io.deformux.network.architecture.blocks.LayerModules}), the residual block and the decoder's level, parts
 * of transformers ({@link io.deformux.network.architecture.blocks.TransformerModules}), the convolutional
 * encoder and decoder around a backbone of four stages ({@link io.deformux.network.architecture.blocks.EncoderDecoder}), and
 * the decoder that joins a transformer's hidden states ({@link io.deformux.network.architecture.blocks.StatesDecoder}). What
 * they compute is TorchScript beside these classes.
 *
 * <p>Threads: everything is a value. May import {@code network.architecture}, {@code network.torchscript} and {@code
 * network.weights}.
 */
package io.deformux.network.architecture.blocks;
