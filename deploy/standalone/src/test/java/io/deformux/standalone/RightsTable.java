package io.deformux.standalone;

import io.deformux.parity.Fixtures;
import io.deformux.testing.server.AskedRight;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights per program of the operators' page.
 *
 * @param rows its rows
 */
record RightsTable(List<Row> rows) {
    private static final String HEAD = "| program | may | kind | names |";
    private static final String GROUP = "GROUP";

    /**
     * A row.
     *
     * @param program whose
     * @param operations to do what
     * @param kind on which kind of thing
     * @param names of which; all that begin so if one ends with a star
     */
    record Row(String program, List<AclOperation> operations, ResourceType kind, List<String> names) {}

    static RightsTable read() throws IOException {
        List<String> page = Files.readAllLines(Fixtures.checkoutRoot().resolve("deploy/README.md"));
        List<Row> rows = page.stream()
                .skip(page.indexOf(HEAD) + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(1).replace("`", "").split("\\|"))
                .map(cells -> new Row(
                        cells[0].strip(),
                        list(cells[1]).map(RightsTable::operation).toList(),
                        ResourceType.fromString(cells[2].strip().replace(' ', '_')),
                        list(cells[3]).toList()))
                .toList();
        return new RightsTable(rows);
    }

    Set<String> programs() {
        return rows.stream().map(Row::program).collect(Collectors.toSet());
    }

    /** What a program needs whose group has this name, as grants to a user. */
    List<AclBinding> of(String program, String user, String group) {
        List<AclBinding> rights = new ArrayList<>();
        rows.stream().filter(row -> row.program().equals(program)).forEach(row -> row.names()
                .forEach(name -> row.operations()
                        .forEach(operation -> rights.add(new AclBinding(
                                pattern(row.kind(), name.replace(GROUP, group)),
                                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))))));
        return rights;
    }

    /** Whether a right is the one that was asked for. */
    static boolean covers(AclBinding right, AskedRight asked) {
        ResourcePattern pattern = right.pattern();
        boolean named = pattern.patternType() == PatternType.PREFIXED
                ? asked.name().startsWith(pattern.name())
                : asked.name().equals(pattern.name());
        return named
                && asked.kind() == pattern.resourceType()
                && asked.operation() == right.entry().operation();
    }

    private static ResourcePattern pattern(ResourceType kind, String name) {
        return name.endsWith("*")
                ? new ResourcePattern(kind, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(kind, name, PatternType.LITERAL);
    }

    private static AclOperation operation(String text) {
        return AclOperation.fromString(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    private static Stream<String> list(String cell) {
        return Stream.of(cell.split(",")).map(String::strip);
    }
}
