package io.deformux.standalone.option;

import io.deformux.radiomics.Discretisation;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is wanted of a job's outputs. */
public final class OutputChoiceOptions {
    @Option(
            names = "--classes",
            split = ",",
            paramLabel = "NAME",
            description =
                    "The model's classes that are wanted, parted by commas; others become background and are in no"
                            + " output (default: all, or what the worker was given).")
    private List<String> classes = List.of();

    @Option(
            names = "--statistics",
            split = ",",
            paramLabel = "NAME",
            description = "Those of them that are measured (default: all that are wanted, or what the worker was"
                    + " given).")
    private List<String> statistics = List.of();

    @Option(
            names = "--probability-grid",
            paramLabel = "scan|network",
            description = "The grid of probabilities, entropy and disagreement: the scan's own, or the network's, which"
                    + " is what it computed (default: scan, or what the worker was given).")
    private ProbabilityGrid grid;

    @Option(
            names = "--probability-type",
            paramLabel = "uint8|uint16",
            description = "How they are stored: 255ths or 65535ths (default: uint8, or what the worker was given).")
    private ProbabilityType type;

    @Option(
            names = "--radiomics",
            split = ",",
            paramLabel = "NAME",
            description = "The measured classes of which radiomics features (IBSI) are computed, parted by commas, or"
                    + " all (default: none, or what the worker was given).")
    private List<String> radiomics = List.of();

    @Option(
            names = "--radiomics-bins",
            paramLabel = "width:N|count:N",
            converter = Bins.class,
            description = "How values become grey levels: bins of one width, or so many from the lowest to the highest"
                    + " value (default: width:25 for models of HU, else count:32, or what the worker was given).")
    private String bins;

    /** Grey levels that there can be. */
    static final class Bins implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                return Discretisation.parse(text).text();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** What was asked for. */
    public OutputChoice asked() {
        return new OutputChoice(
                named(classes),
                named(statistics),
                Optional.ofNullable(grid),
                Optional.ofNullable(type),
                named(radiomics),
                Optional.ofNullable(bins));
    }

    private static Optional<List<String>> named(List<String> classes) {
        return classes.isEmpty() ? Optional.empty() : Optional.of(classes);
    }
}
