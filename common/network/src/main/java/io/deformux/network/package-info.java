/**
 * DeformUX-Net: its TorchScript text, the archive writer, weights, and the loaded network.
 *
 * <p>The network is written once, as TorchScript: {@code operator.py} (the deformable convolution), {@code blocks.py}
 * and {@code network.py} in this package's resources. {@link io.deformux.network.TorchScriptArchive} packs that text
 * with {@link io.deformux.network.Weights} into the file that PyTorch itself writes and reads;
 * {@link io.deformux.network.DeformUxNet} loads it through DJL and predicts. The same file trains and exports. Weights of
 * others come in and go out through {@code checkpoint} below.
 *
 * <p>Threads: configurations, parameters and weights are values, safe to share as long as nobody writes to the arrays. A
 * loaded network belongs to one thread at a time. May import {@code network.kernel}, {@code network.library}, {@code
 * network.proof}, {@code network.training} and {@code failure}; knows neither volumes nor Kafka.
 */
package io.deformux.network;
