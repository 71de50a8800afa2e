package io.deformux.worker.infer.outputs;

import io.deformux.worker.infer.probability.ProbabilityMaps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The probabilities of each class that is wanted, a NIfTI file for each; nothing for a scan that no network has seen. */
public final class ProbabilityOutput implements JobOutput {
    @Override
    public OutputRole role() {
        return OutputRole.PROBABILITIES;
    }

    @Override
    public List<WrittenFile> writeInto(SegmentedScan result, Path folder) {
        return result.certainty()
                .maps()
                .map(maps -> write(result, maps, folder))
                .orElse(List.of());
    }

    /** Several at once, since each goes through all of the scan. */
    private List<WrittenFile> write(SegmentedScan result, ProbabilityMaps maps, Path folder) {
        List<String> classes = result.preset().classes();
        ClassFileNames names = new ClassFileNames(classes);
        return result.classes().wanted().parallelStream()
                .map(value -> {
                    String name = names.of(value) + ".nii.gz";
                    Path file = folder.resolve("probability-" + name);
                    maps.writeClass(value, file);
                    return new WrittenFile(
                            role(), Optional.of(classes.get(value)), role().fileName() + "/" + name, file);
                })
                .toList();
    }
}
