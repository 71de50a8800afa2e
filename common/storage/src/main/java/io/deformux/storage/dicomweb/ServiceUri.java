package io.deformux.storage.dicomweb;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code dicomweb(s):} reference as the service sees it.
 *
 * @param http the resource with the scheme {@code http(s):}
 * @param base the reference up to {@code /studies}
 */
record ServiceUri(URI http, String base) {
    /** PS3.5 section 9.1: numbers with dots between them, at most 64 characters. */
    private static final String UID = "(?![0-9.]{65})[0-9]+(?:\\.[0-9]+)*";

    private static final Pattern SERIES = Pattern.compile("(.*)/studies/" + UID + "/series/" + UID + "/?");
    private static final Pattern STUDIES = Pattern.compile("(.*)/studies(/" + UID + ")?/?");
    private static final Pattern INSTANCE =
            Pattern.compile(".*(/studies/" + UID + "/series/" + UID + "/instances/" + UID + ")/?");

    /** A series to retrieve: {@code …/studies/{uid}/series/{uid}} (PS3.18 table 10.4.1-1). */
    static ServiceUri series(URI reference) {
        return of(reference, SERIES, "a DICOMweb reference is …/studies/{uid}/series/{uid}, without a query");
    }

    /** Where to store: {@code …/studies} or {@code …/studies/{uid}} (PS3.18 table 10.5.1-1). */
    static ServiceUri studies(URI location) {
        return of(location, STUDIES, "a DICOMweb output location is …/studies or …/studies/{uid}, without a query");
    }

    /**
     * The reference of an instance at this service.
     *
     * @param retrieveUrl as the service calls it, perhaps with the host name that it has behind a proxy
     * @param sopInstanceUid its UID, for services that give no such URL: then the reference is a search (QIDO-RS)
     */
    URI instance(String retrieveUrl, String sopInstanceUid) {
        Matcher matcher = INSTANCE.matcher(retrieveUrl);
        return URI.create(
                base + (matcher.matches() ? matcher.group(1) : "/instances?SOPInstanceUID=" + sopInstanceUid));
    }

    static boolean isUid(String text) {
        return text.matches(UID);
    }

    private static ServiceUri of(URI reference, Pattern form, String expected) {
        String path = reference.getRawPath() == null ? "" : reference.getRawPath();
        Matcher matcher = form.matcher(path);
        if (!matcher.matches() || reference.getRawQuery() != null || reference.getRawFragment() != null) {
            throw new JobException(FailureCode.REFERENCE_UNSUPPORTED, expected);
        }
        String scheme = reference.getScheme().toLowerCase(Locale.ROOT);
        String authority = "://" + reference.getRawAuthority();
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new ServiceUri(
                URI.create((scheme.equals("dicomwebs") ? "https" : "http") + authority + plain),
                scheme + authority + matcher.group(1));
    }
}
