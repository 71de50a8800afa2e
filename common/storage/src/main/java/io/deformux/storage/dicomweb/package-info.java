/**
 * {@code dicomweb:} and {@code dicomwebs:} references: a series retrieved from a DICOMweb archive (WADO-RS, PS3.18
 * section 10.4) and DICOM objects stored in one (STOW-RS, section 10.5), over {@code http} and {@code https}.
 *
 * <p>Retrieval first asks for Explicit VR Little Endian, and takes what the archive has where it will not give that.
 * A multipart answer is cut into files as it comes; one part is never held in memory.
 *
 * <p>Threads: safe to share, apart from multipart bodies, which belong to one job. May import {@code storage}, {@code
 * storage.web} and {@code failure}; what is inside a DICOM file is not looked at.
 */
package io.deformux.storage.dicomweb;
