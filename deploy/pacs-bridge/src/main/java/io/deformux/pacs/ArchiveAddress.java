package io.deformux.pacs;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an Orthanc is, for the bridge and for the workers; a slash at the end of an address is dropped. Neither address may
 * hold credentials: events go to everyone who reads the topic.
 *
 * @param orthanc its REST API, as {@code http://localhost:8042}
 * @param dicomWeb its DICOMweb service as the workers reach it, as {@code dicomweb://pacs:8042/dicom-web}
 */
public record ArchiveAddress(URI orthanc, URI dicomWeb) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException saying which is wrong and what is expected
     */
    public ArchiveAddress {
        require(orthanc, Set.of("http", "https"), "Orthanc's address is http(s)://HOST:PORT/PATH");
        require(dicomWeb, Set.of("dicomweb", "dicomwebs"), "the DICOMweb service is dicomweb(s)://HOST:PORT/PATH");
        orthanc = URI.create(withoutSlash(orthanc.toString()));
        dicomWeb = URI.create(withoutSlash(dicomWeb.toString()));
    }

    /** An address whose DICOMweb service, unless it is given, is where Orthanc has it. */
    public static ArchiveAddress of(URI orthanc, Optional<URI> dicomWeb) {
        return new ArchiveAddress(orthanc, dicomWeb.orElseGet(() -> besides(orthanc)));
    }

    /** A name for the feed of the archive at this address. */
    public String feed() {
        return "orthanc-" + orthanc.getHost() + "-" + orthanc.getPort();
    }

    private static URI besides(URI orthanc) {
        String scheme = "https".equalsIgnoreCase(orthanc.getScheme()) ? "dicomwebs" : "dicomweb";
        String path = orthanc.getRawPath() == null ? "" : orthanc.getRawPath();
        return URI.create(scheme + "://" + orthanc.getRawAuthority() + withoutSlash(path) + "/dicom-web");
    }

    private static String withoutSlash(String address) {
        return address.replaceAll("/$", "");
    }

    private static void require(URI address, Set<String> schemes, String expected) {
        boolean reachable = address.getScheme() != null
                && schemes.contains(address.getScheme().toLowerCase(Locale.ROOT))
                && address.getHost() != null;
        boolean plain =
                address.getRawUserInfo() == null && address.getRawQuery() == null && address.getRawFragment() == null;
        if (!reachable || !plain) {
            throw new IllegalArgumentException(expected
                    + ", with a host name of letters, digits, dots and hyphens, without user, query or fragment");
        }
    }
}
