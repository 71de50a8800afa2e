package io.deformux.standalone.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set of phantoms in the layout of the Medical Segmentation Decathlon.
 *
 * @param shape the size of each phantom
 * @param spacing mm between voxels
 */
public record PhantomDataset(Shape3 shape, double[] spacing) {

    /** Writes phantoms with the seeds 1 to {@code count} into a folder that is made. */
    public Path write(Path folder, int count) throws IOException {
        Files.createDirectories(folder.resolve("imagesTr"));
        Files.createDirectories(folder.resolve("labelsTr"));
        NiftiWriter writer = new NiftiWriter();
        List<Map<String, String>> cases = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            String name = "phantom_%03d.nii.gz".formatted(seed);
            Phantom phantom = phantom(seed);
            writer.write(phantom.volume(), folder.resolve("imagesTr").resolve(name));
            writer.write(phantom.truth(), folder.resolve("labelsTr").resolve(name));
            cases.add(Map.of("image", "./imagesTr/" + name, "label", "./labelsTr/" + name));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int label = 0; label < Phantom.LABELS.size(); label++) {
            labels.put("" + label, Phantom.LABELS.get(label));
        }
        new ObjectMapper()
                .writeValue(
                        folder.resolve("dataset.json").toFile(),
                        Map.of("name", "phantoms", "modality", Map.of("0", "CT"), "labels", labels, "training", cases));
        return folder;
    }

    /** One phantom of this kind. */
    Phantom phantom(long seed) {
        return Phantom.generate(shape, spacing, seed);
    }
}
