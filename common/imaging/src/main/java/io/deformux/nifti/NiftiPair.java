package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where the voxels of a header file lie: in the image file of the same name ({@code nifti1.h}, "MAGIC"). */
final class NiftiPair {
    private static final List<String> ENDINGS = List.of(".hdr", ".hdr.gz");

    private NiftiPair() {}

    /** The image file beside a header file; {@code INPUT_NOT_FOUND} if there is none. */
    static Path image(Path header) {
        String name = header.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : ENDINGS) {
            if (lower.endsWith(ending)) {
                String stem = name.substring(0, name.length() - ending.length());
                for (String image : List.of(".img", ".img.gz", ".IMG", ".IMG.gz")) {
                    Path file = header.resolveSibling(stem + image);
                    if (Files.isRegularFile(file)) {
                        return file;
                    }
                }
            }
        }
        throw new JobException(
                FailureCode.INPUT_NOT_FOUND,
                "the input holds a NIfTI header (.hdr) without the image file (.img) of the same name: send both");
    }
}
