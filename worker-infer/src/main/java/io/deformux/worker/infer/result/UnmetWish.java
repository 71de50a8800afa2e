package io.deformux.worker.infer.result;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ScanArrived;
import io.deformux.worker.infer.outputs.OutputRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a job says of an output that it does not store.
 *
 * @param name the event's field
 * @param needs what the job would have to have besides, for people
 */
public record UnmetWish(String name, String needs) {
    private static final String SERIES = "a DICOM series";

    /**
     * All of a job; what only its worker was given is none of them, since that is for jobs of every kind.
     *
     * @param choice what the job and its worker want of the outputs
     * @param stored the roles of what is stored
     * @param dicom whether the scan is a DICOM series, of which alone there are DICOM objects
     */
    public static List<UnmetWish> of(ScanArrived job, OutputChoice choice, Set<OutputRole> stored, boolean dicom) {
        OutputChoice asked = job.outputs().orElse(OutputChoice.NONE);
        List<OutputRole> measuring = List.of(OutputRole.MEASUREMENTS, OutputRole.DICOM_SR);
        List<OutputRole> maps = those(OutputRole::isMap);
        List<UnmetWish> unmet = new ArrayList<>();
        add(unmet, "statistics", asked.statistics(), measuring, stored);
        add(unmet, "probabilityGrid", asked.probabilityGrid(), maps, stored);
        add(unmet, "probabilityType", asked.probabilityType(), maps, stored);
        add(unmet, "radiomics", asked.radiomics(), List.of(OutputRole.MEASUREMENTS), stored);
        if (asked.radiomicsBins().isPresent() && choice.radiomics().isEmpty()) {
            unmet.add(new UnmetWish("radiomicsBins", "radiomics"));
        } else {
            add(unmet, "radiomicsBins", asked.radiomicsBins(), List.of(OutputRole.MEASUREMENTS), stored);
        }
        if (dicom) {
            add(unmet, "dicomSegKind", job.dicomSegKind(), List.of(OutputRole.DICOM_SEG), stored);
            add(unmet, "dicomOutput", job.dicomOutput(), those(OutputRole::isDicom), stored);
        } else {
            job.dicomSegKind().ifPresent(wish -> unmet.add(new UnmetWish("dicomSegKind", SERIES)));
            job.dicomOutput().ifPresent(wish -> unmet.add(new UnmetWish("dicomOutput", SERIES)));
            if (asked.roles().stream()
                    .flatMap(Collection::stream)
                    .map(OutputRole::of)
                    .anyMatch(OutputRole::isDicom)) {
                unmet.add(new UnmetWish("roles", SERIES));
            }
        }
        return unmet;
    }

    private static List<OutputRole> those(Predicate<OutputRole> kind) {
        return Arrays.stream(OutputRole.values()).filter(kind).toList();
    }

    private static void add(
            List<UnmetWish> unmet, String name, Optional<?> wish, List<OutputRole> needed, Set<OutputRole> stored) {
        if (wish.isPresent() && needed.stream().noneMatch(stored::contains)) {
            unmet.add(new UnmetWish(
                    name,
                    needed.stream().map(OutputRole::wireName).collect(Collectors.joining(" or "))
                            + " among the outputs"));
        }
    }

    /** As an event tells it. */
    public Warning warning() {
        return new Warning(
                WarningCode.OUTPUT_WISH_UNMET, "the job's " + name + " was passed over, since it needs " + needs);
    }
}
