package io.deformux.worker.infer.outputs;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.radiomics.Discretisation;
import io.deformux.schemas.OutputChoice;
import io.deformux.transform.LabelRule;
import io.deformux.volume.LabelMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of a model that a job is about, by their values in the label map. Background is in none of them.
 *
 * @param wanted what the label map holds and all other outputs are of, ascending
 * @param measured those of them that are measured, ascending
 * @param described those of these whose radiomics features are computed, ascending
 * @param bins with which grey levels; empty: as is usual for the model's intensities
 */
public record ClassChoice(
        List<Integer> wanted, List<Integer> measured, List<Integer> described, Optional<Discretisation> bins) {
    /** The lists are copied. */
    public ClassChoice {
        wanted = List.copyOf(wanted);
        measured = List.copyOf(measured);
        described = List.copyOf(described);
        Objects.requireNonNull(bins, "bins");
    }

    /** All classes of a model whose outputs are its classes; {@code names} has background first. */
    public static ClassChoice all(List<String> names) {
        return of(names, LabelRule.LARGEST, OutputChoice.NONE);
    }

    /**
     * The classes that are asked for; without a word all that can be found. Who asks for one by name that no region is written
     * as gets it, empty.
     *
     * @param names those of the model, background first
     * @param rule how they come out of it
     * @throws JobException {@code CLASS_UNKNOWN} if it has no such class, or one is to be measured that is not wanted, or
     *     described that is not measured
     */
    public static ClassChoice of(List<String> names, LabelRule rule, OutputChoice asked) {
        List<Integer> all = IntStream.range(1, names.size()).boxed().toList();
        List<Integer> wanted = asked.classes()
                .map(some -> values(some, "classes", all, names, "the model has"))
                .orElseGet(() -> all.stream()
                        .filter(value -> !rule.channelsOf(value).isEmpty())
                        .toList());
        List<Integer> measured = asked.statistics()
                .map(some -> values(some, "statistics", wanted, names, "the job is about"))
                .orElse(wanted);
        List<Integer> described = asked.radiomics()
                .map(some -> some.equals(OutputChoice.ALL)
                        ? measured
                        : values(some, "radiomics", measured, names, "are measured"))
                .orElse(List.of());
        return new ClassChoice(
                wanted, measured, described, asked.radiomicsBins().map(Discretisation::parse));
    }

    /** The asked names are not repeated: they come from outside. */
    private static List<Integer> values(
            List<String> asked, String list, List<Integer> allowed, List<String> names, String whose) {
        Set<Integer> values = new TreeSet<>();
        for (int n = 0; n < asked.size(); n++) {
            int value = names.indexOf(asked.get(n));
            if (!allowed.contains(value)) {
                throw new JobException(
                        FailureCode.CLASS_UNKNOWN,
                        "number " + (n + 1) + " of the " + list + " that are asked for is none of those that " + whose
                                + ": " + allowed.stream().map(names::get).collect(Collectors.joining(", ")));
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    /** The same where these are described. */
    ClassChoice describing(List<Integer> others) {
        return new ClassChoice(wanted, measured, others, bins);
    }

    /** Makes background of all that is not wanted. */
    public void keepWanted(LabelMap map) {
        byte[] kept = new byte[256];
        wanted.forEach(value -> kept[value] = value.byteValue());
        byte[] labels = map.labels();
        for (int n = 0; n < labels.length; n++) {
            labels[n] = kept[labels[n] & 0xff];
        }
    }
}
