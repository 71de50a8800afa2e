package io.deformux.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/**
 * The services of a compose file, with the anchors that they share resolved.
 *
 * @param services by name
 */
record Composed(Map<String, Service> services) {
    /**
     * A service.
     *
     * @param image what it runs
     * @param command its arguments
     * @param environment its variables
     */
    record Service(String image, List<String> command, Map<String, String> environment) {
        boolean isOurs() {
            return image.startsWith("deformux:");
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
                                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                                            .toString()))));
        });
        return new Composed(services);
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
