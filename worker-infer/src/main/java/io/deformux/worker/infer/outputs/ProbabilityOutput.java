package io.deformux.worker.infer.outputs;

import io.deformux.worker.infer.probability.ProbabilityMaps;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The probabilities of each class that is wanted, a NIfTI file for each; nothing for a scan that no network has seen. */
public final class ProbabilityOutput implements JobOutput {
    @Override
    public OutputRole role() {
        return OutputRole.PROBABILITIES;
    }

    @Override
    public List<WrittenFile> writeInto(SegmentedScan result, Path folder, JobWatch watch) {
        return result.certainty()
                .maps()
                .map(maps -> write(result, maps, folder, watch))
                .orElse(List.of());
    }

    /** As many at once as there are processors, since each goes through all of the scan. */
    private List<WrittenFile> write(SegmentedScan result, ProbabilityMaps maps, Path folder, JobWatch watch) {
        List<String> classes = result.preset().classes();
        ClassFileNames names = new ClassFileNames(classes);
        List<Integer> wanted = result.classes().wanted();
        int atOnce = Runtime.getRuntime().availableProcessors();
        List<WrittenFile> written = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += atOnce) {
            watch.requireOwned();
            wanted.subList(from, Math.min(wanted.size(), from + atOnce)).parallelStream()
                    .map(value -> {
                        String name = names.of(value) + ".nii.gz";
                        Path file = folder.resolve("probability-" + name);
                        maps.writeClass(value, file);
                        return new WrittenFile(
                                role(), Optional.of(classes.get(value)), role().fileName() + "/" + name, file);
                    })
                    .forEachOrdered(written::add);
        }
        return written;
    }
}
