package io.deformux.standalone.option;

import io.deformux.dicom.seg.SegKind;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.OutputChoice;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is stored of a job, the same for every command that runs one. */
public final class OutputOptions {
    @Option(
            names = "--outputs",
            split = ",",
            converter = Roles.class,
            description = "What is stored beside the label map: dicom-seg, measurements, preview, dicom-sr (with"
                    + " dicom-seg, which it refers to), dicom-rtstruct, mesh, label-names, itk-snap-labels,"
                    + " slicer-colours, class-mask, probabilities, entropy, disagreement, scan, or nothing but"
                    + " label-map (default: dicom-seg, measurements, preview; of up scan too).")
    private List<OutputRole> outputs = List.of();

    @Mixin
    private SegOptions seg;

    @Mixin
    private OutputChoiceOptions choice;

    public SegmentationSettings settings(Path scratch, int maxVoxels) {
        return settings(scratch, maxVoxels, OutputRole.defaults());
    }

    /** The same where {@code usual} is stored unless somebody says what. */
    SegmentationSettings settings(Path scratch, int maxVoxels, Set<OutputRole> usual) {
        Set<OutputRole> stored = EnumSet.of(OutputRole.LABEL_MAP);
        stored.addAll(asked(usual));
        if (stored.contains(OutputRole.DICOM_SR)) {
            stored.add(OutputRole.DICOM_SEG);
        }
        SegKind kind = seg.kind().map(asked -> SegKind.valueOf(asked.name())).orElse(SegKind.BINARY);
        return new SegmentationSettings(scratch, maxVoxels, Version.current(), stored, kind).withChoice(choice.asked());
    }

    /** The option as another process would be given it, with {@code usual} where nobody says what. */
    String argument(Set<OutputRole> usual) {
        return "--outputs=" + asked(usual).stream().map(OutputRole::wireName).collect(Collectors.joining(","));
    }

    /** What was said of outputs, as a job says it. */
    public OutputChoice wishes() {
        return choice.asked()
                .withRoles(Optional.of(outputs.stream()
                                .map(OutputRole::wanted)
                                .distinct()
                                .toList())
                        .filter(roles -> !roles.isEmpty()));
    }

    /** How a segmentation is to be written, if somebody says how. */
    public Optional<DicomSegKind> segKind() {
        return seg.kind();
    }

    private Collection<OutputRole> asked(Set<OutputRole> usual) {
        return outputs.isEmpty() ? usual : outputs;
    }

    /** Roles as events name them. */
    public static final class Roles implements ITypeConverter<OutputRole> {
        @Override
        public OutputRole convert(String name) {
            return Arrays.stream(OutputRole.values())
                    .filter(role -> role.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there are "
                            + Arrays.stream(OutputRole.values())
                                    .map(OutputRole::wireName)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
