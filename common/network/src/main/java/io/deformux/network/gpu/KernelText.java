package io.deformux.network.gpu;

import io.deformux.network.torchscript.SourceText;
import java.util.List;

/** The text of the kernels, {@code kernels.cu} beside this class, and what it is compiled with. Stateless. */
final class KernelText {
    private KernelText() {}

    static String text() {
        return SourceText.of(KernelText.class, "kernels.cu");
    }

    /** What says for which maps it is compiled. */
    static List<String> macros(int bits, int channels) {
        return List.of("-DBITS=" + bits, "-DCHANNELS=" + channels);
    }
}
