package io.deformux.standalone.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/** The value of voxels of which nobody knows the class, as nnU-Net's data sets say it beside their label maps. */
public final class IgnoreLabel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LISTING = "dataset.json";
    private static final int LARGEST = 255;

    private IgnoreLabel() {}

    /** What the {@code dataset.json} of the truths says, in their folder or the one above; empty where there is none. */
    public static OptionalInt of(Path truths) {
        Path place = truths.toAbsolutePath().normalize();
        Path folder = Files.isDirectory(place) ? place : place.getParent();
        for (Path each : Arrays.asList(folder, folder.getParent())) {
            if (each != null && Files.isRegularFile(each.resolve(LISTING))) {
                return in(each.resolve(LISTING));
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt in(Path listing) {
        try {
            JsonNode value =
                    JSON.readTree(Files.readAllBytes(listing)).path("labels").path("ignore");
            boolean usable = value.isInt() && value.intValue() > 0 && value.intValue() <= LARGEST;
            return usable ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty(); // some other program's file: nothing of a data set
        }
    }
}
