package io.deformux.standalone.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What npm brings into the results page, added to the lists of what Maven brings: the bill of materials (CycloneDX) and the
 * licences. The build of a release runs it.
 *
 * @param packages in the order of the lock file
 */
record PageParts(List<Part> packages) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "node_modules/";
    private static final String HASH = "sha512-";
    private static final String PAGE = "deformux-results-page";

    /**
     * A package.
     *
     * @param name with its scope, as {@code @niivue/niivue}
     * @param sha512 of the package as it was fetched, in hexadecimal digits
     * @param needs names of packages
     */
    record Part(String name, String version, String licence, String sha512, List<String> needs) {
        /** Its name in a bill of materials, as package-url's definition for npm has it. */
        String purl() {
            return "pkg:npm/" + name.replace("@", "%40") + "@" + version;
        }
    }

    /** Adds to {@code sbom.json} and {@code THIRD-PARTY.txt} of a folder; the second argument is the lock file. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        PageParts parts = of(Path.of(arguments[1]));
        parts.addToBill(folder.resolve("sbom.json"));
        parts.addToLicences(folder.resolve("THIRD-PARTY.txt"));
    }

    /** The packages of a lock file that are needed: one that is optional is a tool of another package's own build. */
    static PageParts of(Path lock) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (var entry : JSON.readTree(lock.toFile()).path("packages").properties()) {
            if (entry.getKey().startsWith(FOLDER)
                    && !entry.getValue().path("optional").asBoolean()) {
                parts.add(part(entry.getKey().substring(FOLDER.length()), entry.getValue()));
            }
        }
        return new PageParts(parts);
    }

    private static Part part(String name, JsonNode locked) {
        byte[] hash = Base64.getDecoder().decode(text(locked, "integrity", name).replaceFirst("^" + HASH, ""));
        List<String> needs = new ArrayList<>();
        locked.path("dependencies").fieldNames().forEachRemaining(needs::add);
        return new Part(
                name,
                text(locked, "version", name),
                text(locked, "license", name),
                HexFormat.of().formatHex(hash),
                needs);
    }

    private static String text(JsonNode locked, String field, String name) {
        return Optional.ofNullable(locked.get(field))
                .map(JsonNode::asText)
                .orElseThrow(() -> new IllegalArgumentException("the lock file has no " + field + " of " + name));
    }

    private void addToBill(Path file) throws IOException {
        ObjectNode bill = (ObjectNode) JSON.readTree(file.toFile());
        packages.forEach(part -> bill.withArray("components").add(component(part)));
        ArrayNode dependencies = bill.withArray("dependencies");
        StreamSupport.stream(dependencies.spliterator(), false)
                .filter(one -> one.path("ref").asText().contains("/" + PAGE + "@"))
                .forEach(page -> addAll(((ObjectNode) page).withArray("dependsOn"), this::isWanted));
        for (Part part : packages) {
            ArrayNode on = dependencies.addObject().put("ref", part.purl()).putArray("dependsOn");
            addAll(on, other -> part.needs().contains(other.name()));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), bill);
    }

    /** Whether it is there for the page itself, and not for another package. */
    private boolean isWanted(Part part) {
        return packages.stream().noneMatch(other -> other.needs().contains(part.name()));
    }

    private void addAll(ArrayNode to, Predicate<Part> which) {
        packages.stream().filter(which).forEach(part -> to.add(part.purl()));
    }

    private static ObjectNode component(Part part) {
        int slash = part.name().indexOf('/');
        ObjectNode component = JSON.createObjectNode().put("type", "library").put("bom-ref", part.purl());
        if (slash > 0) {
            component.put("group", part.name().substring(0, slash));
        }
        component
                .put("name", part.name().substring(slash + 1))
                .put("version", part.version())
                .put("scope", "required");
        component.putArray("hashes").addObject().put("alg", "SHA-512").put("content", part.sha512());
        component.putArray("licenses").addObject().putObject("license").put("id", part.licence());
        return component.put("purl", part.purl());
    }

    private void addToLicences(Path file) throws IOException {
        StringBuilder lines = new StringBuilder(Files.readString(file));
        lines.append("\nIn the results page, by npm:\n");
        packages.forEach(part -> lines.append(
                "     (%s) %s (npm:%s:%s)\n".formatted(part.licence(), part.name(), part.name(), part.version())));
        Files.writeString(file, lines);
    }
}
