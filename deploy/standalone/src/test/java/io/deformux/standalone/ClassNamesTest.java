package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two things never share a name: whoever reads one, in whatever module, knows which it is. */
class ClassNamesTest {

    @Test
    void noTwoClassesOfTheProjectShareASimpleName() {
        Map<String, List<String>> byName = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.deformux").stream()
                        .filter(type ->
                                type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                        .collect(Collectors.groupingBy(
                                JavaClass::getSimpleName,
                                TreeMap::new,
                                Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(byName).containsKeys("JobLoop", "Volume", "TrainableNetwork", "ModelStore", "Deformux");
        assertThat(byName.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    }
}
