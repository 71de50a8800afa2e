package io.deformux.network.library;

import java.util.HexFormat;
import java.util.List;

/**
 * A build of libtorch whose fault is known, and what its copy gets in the faulty function's place.
 *
 * @param sha256 of the {@code libtorch_cpu} with the fault
 * @param symbol the function, as the file names it
 * @param code all of the function's bytes that are replaced
 * @param replacement as many bytes
 * @param correctedSha256 of the corrected copy
 */
record KnownFault(String sha256, String symbol, byte[] code, byte[] replacement, String correctedSha256) {
    /**
     * oneDNN asks the processor for its cache sizes and takes the answer 0 of a hypervisor for true; its blocking then goes
     * wrong and leaves padded channels unset. The replacement answers 48 KiB, 1 MiB and 2 MiB for levels 1, 2 and 3: on
     * x86-64 {@code mov eax, size; sub edi, 1; je end} twice, {@code mov eax, size; ret}.
     */
    static final List<KnownFault> ALL = List.of(new KnownFault(
            // libtorch 2.7.1, CPU, Linux on x86-64, as ai.djl.pytorch:pytorch-native-cpu:2.7.1 packs it.
            "8c4834a51853d0ee8cb7a8179709358bb3e8cb4c6a69994657486d46270a9d7d",
            "_ZN4dnnl4impl3cpu8platform23get_per_core_cache_sizeEi",
            HexFormat.of().parseHex("f30f1efa554889e5415541545389fb4883ec080fb605d63bcd05"),
            HexFormat.of().parseHex("b800c0000083ef01740fb80000100083ef017405b800002000c3"),
            "6a86e45abacef73e0b77ecdc5125ca14eb35c5b8209dd721668cd7c9b207ae58"));

    KnownFault {
        if (code.length != replacement.length) {
            throw new IllegalArgumentException("the replacement must be as long as what it replaces");
        }
    }
}
