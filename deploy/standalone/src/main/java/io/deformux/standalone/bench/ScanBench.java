package io.deformux.standalone.bench;

import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.network.PrecisionChoice;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Scratch;
import io.deformux.worker.infer.SegmentationRuntime;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whole jobs on a generated scan of 512 x 512 voxels per slice: how long each stage takes and how much memory the process
 * needs. Meant for a process of its own.
 */
public final class ScanBench {
    private final int slices;
    private final int jobs;

    /** So many jobs, one after the other, on a scan of so many slices. */
    public ScanBench(int slices, int jobs) {
        this.slices = slices;
        this.jobs = jobs;
    }

    /** Measures; {@code model} is written into a folder that it is given. */
    public List<Figure> run(String part, ModelMaker model) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (Scratch work = Scratch.in(Path.of(System.getProperty("java.io.tmpdir"), "deformux"))) {
            Path scan = work.path().resolve("scan.nii");
            new NiftiWriter().write(GeneratedScan.of(slices), scan);
            Path output = Files.createDirectory(work.path().resolve("outputs"));
            ModelPackage written = model.write(work.path().resolve("model"));
            try (SegmentationRuntime runtime = SegmentationRuntime.create(
                    new ModelStore(written.directory()),
                    AccessPolicy.files(List.of(scan), List.of(output)),
                    new SegmentationSettings(work.path(), SegmentationSettings.MAX_VOXELS, "bench"),
                    new ComputeSettings("cpu", PrecisionChoice.AUTO, false, false))) {
                for (int job = 1; job <= jobs; job++) {
                    figures.addAll(run(part, runtime, scan, output, written, job));
                }
            }
        }
        figures.add(new Figure(part, "peak memory of the process", PeakMemory.megabytes(), "MB"));
        return figures;
    }

    /** Makes a model package in a folder that is not there yet. */
    public interface ModelMaker {
        /** Writes it. */
        ModelPackage write(Path folder);
    }

    private List<Figure> run(
            String part, SegmentationRuntime runtime, Path scan, Path output, ModelPackage model, int job) {
        ScanArrived event = new ScanArrived(
                "bench-" + job,
                new InputReference(scan.toUri(), InputReference.Kind.NIFTI, Optional.empty()),
                new ModelReference(model.id().name(), Optional.empty()),
                output.toUri());
        long start = System.nanoTime();
        SegmentationCompleted completed = runtime.job().run(event, (done, total) -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Figure> figures = new ArrayList<>();
        completed
                .timingsMs()
                .forEach((stage, ms) -> figures.add(new Figure(part, "job " + job + ": " + stage, ms / 1000.0, "s")));
        figures.add(new Figure(part, "job " + job + ": all", seconds, "s"));
        return figures;
    }
}
