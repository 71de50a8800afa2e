package io.deformux.storage.dicomweb;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content type of a multipart answer. */
final class MultipartType {
    /** RFC 2046 section 5.1.1: up to 70 characters of these. */
    private static final Pattern BOUNDARY = Pattern.compile(
            "(?i);\\s*boundary=(?:\"([A-Za-z0-9'()+_,./:=? -]{1,70})\"|([A-Za-z0-9'()+_,./:=?-]{1,70}))");

    private MultipartType() {}

    /** The boundary that a {@code Content-Type} names. */
    static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!contentType.regionMatches(true, 0, "multipart/related", 0, "multipart/related".length())
                || !matcher.find()) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "the server does not answer as a DICOMweb archive does (multipart/related); check the path of the"
                            + " service in the reference");
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
