package io.deformux.worker.infer.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deformux.dicom.seg.SegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.schemas.ScanArrived;
import io.deformux.worker.infer.outputs.ClassChoice;
import io.deformux.worker.infer.outputs.OutputRole;
import io.deformux.worker.infer.probability.MapWish;
import io.deformux.worker.infer.settings.ComputeSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What decides the outputs of a job besides its input and its model, by name. Not in it is what only decides how fast they
 * come, or whether: threads, limits, device. Neither is what a machine makes of {@code --precision auto}: a job that comes
 * to another machine is the same job.
 *
 * @param values all of it
 * @param labels a text of what decides the labels, and what a report says of them
 * @param roles of what is stored
 */
public record ResultSettings(Map<String, String> values, String labels, Set<OutputRole> roles) {
    /** The roles are copied, and walked in one order, so that of two mistakes the same one is told on each worker. */
    public ResultSettings {
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    public static ResultSettings of(ScanArrived job, SegmentationSettings settings, ComputeSettings compute) {
        InputReference input = job.input();
        Map<String, String> values = new TreeMap<>();
        values.put("software", settings.softwareVersion());
        values.put("precision", compute.precision().name().toLowerCase(Locale.ROOT));
        values.put("flips", Boolean.toString(compute.flips()));
        values.put("skipEmptyWindows", Boolean.toString(compute.skipEmptyWindows()));
        put(values, "", input, settings);
        job.otherChannels()
                .orElse(List.of())
                .forEach(channel -> put(values, "channel " + channel.name() + " ", channel.input(), settings));
        OutputChoice choice = choice(job, settings);
        choice.classes().ifPresent(classes -> values.put("classes", text(classes)));
        // What is measured stands in the report, which has its identity of this too.
        choice.statistics().ifPresent(classes -> values.put("statistics", text(classes)));
        String labels = values.toString();
        Set<OutputRole> roles = roles(choice, settings);
        if (roles.stream().anyMatch(OutputRole::isMap)) {
            values.put(
                    "probabilityGrid",
                    choice.probabilityGrid().orElse(ProbabilityGrid.SCAN).name());
            values.put(
                    "probabilityType",
                    choice.probabilityType().orElse(ProbabilityType.UINT8).name());
        }
        choice.radiomics().ifPresent(classes -> {
            values.put("radiomics", text(classes));
            choice.radiomicsBins().ifPresent(bins -> values.put("radiomicsBins", bins));
        });
        values.put("outputs", roles.stream().map(OutputRole::wireName).sorted().collect(Collectors.joining(" ")));
        List<UnmetWish> unmet = UnmetWish.of(job, choice, roles, input.kind() == Kind.DICOM);
        if (!unmet.isEmpty()) {
            values.put("unmet", unmet.stream().map(UnmetWish::name).collect(Collectors.joining(" ")));
        }
        values.put("dicomSegKind", segKind(job, settings).name().toLowerCase(Locale.ROOT));
        values.put("dicomOutput", job.dicomOutput().map(URI::toString).orElse(""));
        return new ResultSettings(Map.copyOf(values), labels, roles);
    }

    /** What the worker stores and what the job asks for besides. */
    private static Set<OutputRole> roles(OutputChoice choice, SegmentationSettings settings) {
        Set<OutputRole> roles = EnumSet.copyOf(settings.outputs());
        choice.roles().orElse(List.of()).forEach(role -> roles.add(OutputRole.of(role)));
        if (roles.contains(OutputRole.DICOM_SR)) {
            roles.add(OutputRole.DICOM_SEG);
        }
        return roles;
    }

    /** In any order, each in quotes: a name may have anything in it. */
    private static String text(List<String> classes) {
        return classes.stream()
                .sorted()
                .map(name -> JsonNodeFactory.instance.textNode(name).toString())
                .collect(Collectors.joining(" "));
    }

    /** As the job says, else as the worker does. */
    public static OutputChoice choice(ScanArrived job, SegmentationSettings settings) {
        return job.outputs().map(asked -> asked.or(settings.choice())).orElse(settings.choice());
    }

    /**
     * Which maps a job that is about those classes is to have.
     *
     * @param members how many networks the model has; one disagrees with nobody
     */
    public MapWish wish(ScanArrived job, SegmentationSettings settings, ClassChoice classes, int members) {
        OutputChoice choice = choice(job, settings);
        return new MapWish(
                roles.contains(OutputRole.PROBABILITIES) ? classes.wanted() : List.of(),
                roles.contains(OutputRole.ENTROPY),
                roles.contains(OutputRole.DISAGREEMENT) && members > 1,
                choice.probabilityGrid().orElse(ProbabilityGrid.SCAN),
                choice.probabilityType().orElse(ProbabilityType.UINT8));
    }

    private static void put(
            Map<String, String> values, String prefix, InputReference input, SegmentationSettings settings) {
        values.put(prefix + "kind", input.kind().name().toLowerCase(Locale.ROOT));
        input.seriesInstanceUid().ifPresent(uid -> values.put(prefix + "seriesInstanceUid", uid));
        input.acquisitionNumber().ifPresent(number -> values.put(prefix + "acquisitionNumber", number.toString()));
        values.put(
                prefix + "unevenSlices",
                input.unevenSlices()
                        .map(Enum::name)
                        .orElse(settings.unevenSlices().name())
                        .toLowerCase(Locale.ROOT));
    }

    /** As the job says, else as the worker does. */
    public static SegKind segKind(ScanArrived job, SegmentationSettings settings) {
        return job.dicomSegKind().map(kind -> SegKind.valueOf(kind.name())).orElse(settings.segKind());
    }
}
