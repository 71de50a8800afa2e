package io.deformux.worker.infer.result;

import io.deformux.storage.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What a scan's file or folder is called, told only to those who know the name: a name can be a patient's, and results go
 * where no patient should. Salted with the scan's digest, so that equal names of two scans do not look alike.
 */
public final class SourceName {
    private static final String ENDINGS = "(?i)\\.(nii|nii\\.gz|mha|mhd|nrrd|nhdr|hdr|zip|tar|tar\\.gz|tar\\.xz|dcm)$";

    private SourceName() {}

    /** The name of the file or folder at a reference, without the ending of its format. */
    public static String of(URI reference) {
        String path = reference.getPath() == null ? "" : reference.getPath().replaceAll("/+$", "");
        return withoutEnding(path.substring(path.lastIndexOf('/') + 1));
    }

    /** A file name without the ending of its format. */
    public static String withoutEnding(String fileName) {
        return fileName.replaceFirst(ENDINGS, "");
    }

    /** What a manifest says of the name: the SHA-256 of it behind the scan's own. */
    public static String digest(String name, String inputSha256) {
        return Digest.of((inputSha256 + "\n" + name).getBytes(StandardCharsets.UTF_8));
    }
}
