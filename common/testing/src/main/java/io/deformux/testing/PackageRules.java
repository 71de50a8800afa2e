package io.deformux.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rules for the packages of every module, which each module's {@code LayeringTest} holds its own to: what a
 * {@code package-info.java} says of imports is what the package imports of the project. Imports of libraries are in the
 * hands of the poms, and of further rules where a module has a library that only one of its packages may know.
 */
public final class PackageRules {
    /** Every package says what it may import, and keeps to it. */
    public static final ArchRule EACH_PACKAGE_IMPORTS_WHAT_IT_SAYS = importsAsSaidIn(Path.of("src", "main", "java"));

    /** No package needs itself by way of others. */
    public static final ArchRule NO_CIRCLES =
            slices().matching("io.deformux.(**)").should().beFreeOfCycles();

    private PackageRules() {}

    /** The rule for package-infos below a folder of sources. */
    static ArchRule importsAsSaidIn(Path sources) {
        return classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should(new ImportsAsSaid(sources))
                .because("what a package may import is said in its package-info.java");
    }

    private static final class ImportsAsSaid extends ArchCondition<JavaClass> {
        private final Path sources;
        private final Map<String, ImportSentence> sentences = new ConcurrentHashMap<>();

        ImportsAsSaid(Path sources) {
            super("import what their package says");
            this.sources = sources;
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            ImportSentence sentence = sentences.computeIfAbsent(item.getPackageName(), this::sentence);
            for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                String other = packageOf(dependency.getTargetClass());
                if (other.startsWith(ImportSentence.ROOT)
                        && !other.equals(item.getPackageName())
                        && !sentence.allows(other)) {
                    events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                }
            }
        }

        private ImportSentence sentence(String packageName) {
            ImportSentence sentence = ImportSentence.in(
                    sources.resolve(packageName.replace('.', '/')).resolve("package-info.java"));
            for (String name : sentence.names()) {
                if (!exists(ImportSentence.ROOT + name.replaceAll("\\.\\.$", ""))) {
                    throw new IllegalStateException(
                            "package " + packageName + " names " + name + ", which there is not");
                }
            }
            return sentence;
        }

        private static String packageOf(JavaClass type) {
            return type.getName().replaceFirst("^\\[+L?", "").replaceFirst("\\.[^.]*$", "");
        }

        private static boolean exists(String packageName) {
            return PackageRules.class.getClassLoader().getResource(packageName.replace('.', '/')) != null;
        }
    }
}
