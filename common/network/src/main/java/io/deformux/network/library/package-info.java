/**
 * Which PyTorch a JVM starts on, and what of its arithmetic is trusted.
 *
 * <p>Where a hypervisor hides how large the processor's caches are, oneDNN inside PyTorch computes some convolutions wrong.
 * {@link io.deformux.network.library.TorchLibrary} looks whether this machine is of that kind ({@code Machine}), has each kind
 * of arithmetic tried in a child process ({@code ConvolutionTrial}, {@code TrialMain}, run by {@link
 * io.deformux.network.library.TrialProcess}), remembers the verdicts ({@code
 * Verdicts}), and starts on a corrected copy of the library ({@code LibraryRepair}) if that is right and the original is not.
 * {@link io.deformux.network.library.LibraryChoice} says what came of it.
 *
 * <p>Settings, each as a system property or an environment variable: {@code deformux.library-repair} ({@code
 * DEFORMUX_LIBRARY_REPAIR}) {@code off} never starts on a copy; {@code deformux.cache} ({@code DEFORMUX_CACHE}) is the folder
 * of copies, digests and verdicts, else {@code deformux} in {@code XDG_CACHE_HOME} or {@code ~/.cache}, which can be deleted
 * at any time to have everything made and tried again; {@code deformux.arithmetic} ({@code DEFORMUX_ARITHMETIC}) forces one
 * of {@link io.deformux.network.library.ForcedArithmetic}. DJL's {@code PYTORCH_LIBRARY_PATH}, {@code PYTORCH_VERSION} and
 * {@code PYTORCH_FLAVOR} are a person's choice of a library, which is tried but never replaced.
 *
 * <p>Threads: values are safe to share; everything else belongs to one thread, and a JVM decides once. Several processes
 * may share a cache folder. May import {@code failure}, besides DJL, JNA and Jackson; the child process imports nothing
 * more and never decides anything itself, so that no child starts another. That is why the exact value of a convolution is
 * defined here ({@code ExactConvolution}) and again in {@code network.proof}, which knows the maps of the kernels: a child
 * that loaded those would be as large as the worker, and a slip in one definition would hide behind itself.
 */
package io.deformux.network.library;
