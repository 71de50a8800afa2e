package io.deformux.standalone.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The files of a config map that Kustomize has made, which adds a digest to its name.
 *
 * @param files by name
 */
record SettingsMap(Map<String, String> files) {
    /** @param name without the digest */
    static SettingsMap of(Manifests manifests, String name) {
        List<ConfigMap> found = manifests
                .all(ConfigMap.class)
                .filter(one -> one.getMetadata().getName().matches(name + "(-[a-z0-9]{10})?"))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return new SettingsMap(found.get(0).getData());
    }

    String file(String name) {
        return files.get(name);
    }

    Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(file(name)));
        return properties;
    }
}
