package io.deformux.network.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network's text with convolutions in slabs in the place of PyTorch's: {@code slabs.py} beside this class. For PyTorch
 * without oneDNN, whose own loops need a buffer of kernel volume x channels x voxels at once. Stateless.
 */
final class SlabSource {
    /** What the buffer may take, in values of a float each: 64 MiB. */
    static final int BUFFER = 1 << 24;

    private SlabSource() {}

    /** A text by path inside an archive, convolving in slabs of at most so many values of the buffer. */
    static Map<String, String> of(Map<String, String> methods, int buffer) {
        Map<String, String> text = new LinkedHashMap<>();
        methods.forEach((path, file) -> text.put(
                path,
                GuardedSource.CONVOLUTIONS
                        .matcher(file)
                        .replaceAll(match -> "__torch__.deformux.slabs." + match.group(1) + "(")));
        text.put(
                SourceText.FOLDER + "slabs.py",
                SourceText.of(SlabSource.class, "slabs.py").replace("BUFFER", "" + buffer));
        return text;
    }
}
