/**
 * Weights in and out: PyTorch checkpoints (zip and legacy), TorchScript archives and safetensors files.
 *
 * <p>Files are untrusted. Pickles run on a machine of our own that makes numbers, texts, lists, dictionaries and tensors
 * and knows no way to call anything else; what a file states about itself is checked against the bytes that are there
 * before memory is taken for it. Whatever is wrong becomes MODEL_INVALID with the reason.
 *
 * <p>Threads: everything belongs to the calling thread. May import {@code network.weights}, {@code
 * network.torchscript}, {@code network.architecture} and {@code failure}; needs no PyTorch.
 */
package io.deformux.network.checkpoint;
