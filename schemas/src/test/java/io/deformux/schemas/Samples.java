package io.deformux.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One event of each type, as a record and as the JSON text in the test resources. */
final class Samples {
    private static final String JOB = "2024-05-17.ct-0042";
    private static final String INPUT_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private Samples() {}

    static List<Event> all() {
        return List.of(scanArrived(), segmentationCompleted(), segmentationFailed(), jobProgress());
    }

    static ScanArrived scanArrived() {
        return new ScanArrived(
                JOB,
                new InputReference(
                        URI.create("file:///data/incoming/1.2.840.113619.2.55.3"),
                        InputReference.Kind.DICOM,
                        Optional.of(INPUT_SHA256),
                        Optional.of("1.2.840.113619.2.55.3.1")),
                new ModelReference("amos-abdomen", Optional.of("1.2.0")),
                URI.create("s3://results/2024-05-17.ct-0042/"));
    }

    static SegmentationCompleted segmentationCompleted() {
        Map<String, Long> timings = new LinkedHashMap<>();
        timings.put("fetch", 412L);
        timings.put("read", 1530L);
        timings.put("transform", 2210L);
        timings.put("inference", 60120L);
        timings.put("restore", 1804L);
        timings.put("store", 377L);
        return new SegmentationCompleted(
                JOB,
                INPUT_SHA256,
                new ModelVersion(
                        "amos-abdomen", "1.2.0", "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
                List.of(new OutputFile(
                        URI.create("s3://results/2024-05-17.ct-0042/labels.nii.gz"),
                        "application/gzip",
                        184213,
                        "fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
                        "label-map")),
                List.of(new LabelVolume(1, "spleen", 212400, 191.16), new LabelVolume(2, "right kidney", 0, 0)),
                grid(),
                timings,
                new RuntimeInfo("cuda:0", "bf16", "0.1.0-SNAPSHOT"));
    }

    static Grid grid() {
        return new Grid(
                List.of(512, 512, 140),
                List.of(0.6, 0.6, 2.5),
                List.of(-0.6, 0.0, 0.0, 153.3, 0.0, -0.6, 0.0, 153.3, 0.0, 0.0, 2.5, -350.0, 0.0, 0.0, 0.0, 1.0));
    }

    static SegmentationFailed segmentationFailed() {
        return new SegmentationFailed(
                JOB,
                "read",
                "DICOM_SERIES_MIXED",
                "The folder holds images of 2 series; send one series per folder.",
                false,
                1);
    }

    static JobProgress jobProgress() {
        return new JobProgress(JOB, "inference", 12, 96, "windows", Optional.of(53000L));
    }

    /** The JSON text of the sample of a type. */
    static String json(String type) {
        String name = EventSchemas.file(type);
        try (InputStream in = Samples.class.getResourceAsStream("samples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
