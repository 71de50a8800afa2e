package io.deformux.storage.dicomweb;

import io.deformux.failure.FailureClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.StoredObject;
import io.deformux.storage.web.HttpStatus;
import io.deformux.storage.web.WebClient;
import io.deformux.storage.web.WebResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/** Stores one DICOM object (STOW-RS, PS3.18 section 10.5) and checks what the archive says about it. */
final class StowRequest {
    /** PS3.10 section 7.1: the file begins with 128 bytes of preamble and these four. */
    private static final int PREAMBLE_BYTES = 128;

    private static final byte[] DICM = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final WebClient client;

    StowRequest(WebClient client) {
        this.client = client;
    }

    StoredObject store(Path file, ServiceUri studies) {
        try {
            if (!isDicom(file)) {
                throw new JobException(
                        FailureCode.REFERENCE_UNSUPPORTED,
                        "a DICOMweb archive stores DICOM objects only; give the other outputs a folder or bucket");
            }
            String boundary = UUID.randomUUID().toString();
            String type = "multipart/related; type=\"application/dicom\"; boundary=" + boundary;
            try (WebResponse response =
                    client.post(studies.http(), type, body(file, boundary), "application/dicom+json")) {
                StowResponse stored = judge(response);
                return new StoredObject(
                        studies.instance(stored.retrieveUrl(), stored.sopInstanceUid()),
                        Files.size(file),
                        Digest.of(file));
            }
        } catch (IOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the output cannot be read or sent: " + IoReason.of(e));
        }
    }

    private static StowResponse judge(WebResponse response) throws IOException {
        int status = response.status();
        if (status == HttpStatus.OK || status == HttpStatus.ACCEPTED || status == HttpStatus.CONFLICT) {
            StowResponse answer = StowResponse.parse(response.body().readNBytes(MAX_ANSWER_BYTES));
            answer.check(status);
            return answer;
        }
        JobException failure = HttpStatus.failure(status);
        if (failure.code().failureClass() == FailureClass.ENVIRONMENT) {
            throw failure;
        }
        switch (failure.code()) {
            case STORAGE_DENIED -> throw failure;
            case STORAGE_UNAVAILABLE -> throw new JobException(FailureCode.OUTPUT_FAILED, failure.getMessage());
            default ->
                throw new JobException(
                        FailureCode.REFERENCE_UNSUPPORTED,
                        "the server answered with status " + status + "; check that the output location is the STOW-RS"
                                + " service of the archive");
        }
    }

    private static BodyPublisher body(Path file, String boundary) throws FileNotFoundException {
        return BodyPublishers.concat(
                BodyPublishers.ofString("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"),
                BodyPublishers.ofFile(file),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }

    private static boolean isDicom(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(PREAMBLE_BYTES + DICM.length);
            return start.length == PREAMBLE_BYTES + DICM.length
                    && Arrays.equals(start, PREAMBLE_BYTES, start.length, DICM, 0, DICM.length);
        }
    }
}
