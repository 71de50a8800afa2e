package io.deformux.worker.infer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.ProbabilityGrid;
import io.deformux.schemas.ProbabilityType;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.WantedRole;
import io.deformux.worker.infer.outputs.OutputRole;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnmetWishTest {
    private static final Set<OutputRole> ALL = EnumSet.allOf(OutputRole.class);
    private static final Set<OutputRole> PLAIN = EnumSet.of(OutputRole.LABEL_MAP);

    private static final OutputChoice EVERYTHING = new OutputChoice(
            Optional.of(List.of("liver")),
            Optional.of(List.of("liver")),
            Optional.of(ProbabilityGrid.NETWORK),
            Optional.of(ProbabilityType.UINT16),
            Optional.of(OutputChoice.ALL),
            Optional.of("count:8"),
            Optional.of(List.of(WantedRole.DICOM_SEG)));

    private static List<String> unmet(OutputChoice asked, Set<OutputRole> stored, boolean dicom) {
        ScanArrived job = new ScanArrived(
                "job",
                new InputReference(URI.create("file:///scan"), dicom ? Kind.DICOM : Kind.NIFTI, Optional.empty()),
                new ModelReference("amos", Optional.empty()),
                URI.create("file:///out/"),
                Optional.of(URI.create("dicomweb://pacs/studies")),
                Optional.of(DicomSegKind.LABELMAP),
                Optional.empty(),
                Optional.of(asked),
                Optional.empty());
        return UnmetWish.of(job, asked, stored, dicom).stream()
                .map(UnmetWish::name)
                .toList();
    }

    @Test
    void whereAllIsStoredEveryWishIsMet() {
        assertThat(unmet(EVERYTHING, ALL, true)).isEmpty();
    }

    @Test
    void whereNothingIsStoredAllButTheClassesAreNot() {
        assertThat(unmet(EVERYTHING, PLAIN, true))
                .containsExactly(
                        "statistics",
                        "probabilityGrid",
                        "probabilityType",
                        "radiomics",
                        "radiomicsBins",
                        "dicomSegKind",
                        "dicomOutput");
    }

    @Test
    void ofWhatIsNoDicomThereAreNoDicomObjects() {
        assertThat(unmet(EVERYTHING, ALL, false)).containsExactly("dicomSegKind", "dicomOutput", "roles");
    }

    @Test
    void binsAreOfNothingWithoutRadiomics() {
        OutputChoice bins = new OutputChoice(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("count:8"));
        assertThat(unmet(bins, ALL, true)).containsExactly("radiomicsBins");
    }
}
