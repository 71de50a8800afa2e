package io.deformux.standalone.deployment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/** KEDA's way to sign in, as far as ours use it; no library on Maven Central has its type. */
record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    static final String KIND = "keda.sh/v1alpha1/TriggerAuthentication";

    record Spec(List<Key> secretTargetRef) {}

    record Key(String parameter, String name, String key) {}
}
