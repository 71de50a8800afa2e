/**
 * Networks as PyTorch takes them: a tree of modules and the text of their classes, packed with weights into the archive that
 * PyTorch itself writes and reads, and loaded from there through DJL. The same file predicts, trains and exports.
 *
 * <p>{@link io.deformux.network.torchscript.TorchScriptProgram} is a network without weights, {@link
 * io.deformux.network.torchscript.TorchScriptArchive} writes it, {@link io.deformux.network.torchscript.TorchScriptModule} is
 * one in memory. {@link io.deformux.network.torchscript.GuardedNetwork} runs any of them between guards that see whether
 * PyTorch computes right.
 *
 * <p>Threads: trees, text and programs are values; what is loaded belongs to one thread at a time. May import {@code
 * network.weights}, {@code network.library}, {@code network.proof} and {@code failure}.
 */
package io.deformux.network.torchscript;
