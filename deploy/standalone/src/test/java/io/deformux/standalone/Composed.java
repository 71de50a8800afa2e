package io.deformux.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * The services of a compose file, with the anchors that they share resolved.
 *
 * @param services by name
 */
record Composed(Map<String, Service> services) {
    private static final Pattern MOUNT = Pattern.compile("(\\$\\{[^}]*}[^:]*|[^:$]+):(/[^:]+)(:ro)?");

    /**
     * A service.
     *
     * @param image what it runs
     * @param command its arguments
     * @param environment its variables, without those that only the machine's own environment gives a value
     * @param passed those
     * @param mounts what it mounts, by place
     * @param ports what it publishes, as {@code ADDRESS:PORT:PORT}
     */
    record Service(
            String image,
            List<String> command,
            Map<String, String> environment,
            Set<String> passed,
            Map<String, Mount> mounts,
            List<String> ports) {
        boolean isOurs() {
            return image.startsWith("deformux:");
        }

        /** The places of those mounts that are volumes by name. */
        List<String> volumes() {
            return mounts.entrySet().stream()
                    .filter(mount -> mount.getValue().isVolume())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /**
     * Something that a service mounts.
     *
     * @param source a folder or file of the host, or the name of a volume
     * @param isReadOnly whether nothing is written there
     */
    record Mount(String source, boolean isReadOnly) {
        boolean isVolume() {
            return source.matches("[a-z0-9-]+");
        }
    }

    static Composed of(Path file) throws IOException {
        Map<String, Object> all = new Yaml().load(Files.readString(file));
        Map<String, Service> services = new LinkedHashMap<>();
        map(all.get("services")).forEach((name, value) -> {
            Map<String, Object> service = map(value);
            services.put(
                    name,
                    new Service(
                            service.get("image").toString(),
                            list(service.get("command")),
                            map(service.get("environment")).entrySet().stream()
                                    .filter(entry -> entry.getValue() != null)
                                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                                            .toString())),
                            map(service.get("environment")).entrySet().stream()
                                    .filter(entry -> entry.getValue() == null)
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.toSet()),
                            list(service.get("volumes")).stream()
                                    .map(Composed::mount)
                                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                            list(service.get("ports"))));
        });
        return new Composed(services);
    }

    /** As {@code SOURCE:PLACE} or {@code SOURCE:PLACE:ro}, where a source may be {@code ${NAME:-DEFAULT}}. */
    private static Map.Entry<String, Mount> mount(String text) {
        Matcher parts = MOUNT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no mount: " + text);
        }
        return Map.entry(parts.group(2), new Mount(parts.group(1), parts.group(3) != null));
    }

    private static Map<String, Object> map(Object yaml) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (yaml instanceof Map<?, ?> any) {
            any.forEach((key, value) -> map.put(key.toString(), value));
        }
        return map;
    }

    private static List<String> list(Object yaml) {
        return yaml instanceof List<?> any ? any.stream().map(Object::toString).toList() : List.of();
    }
}
