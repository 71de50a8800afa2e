package io.deformux.standalone.deployment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/** KEDA's scaled object, as far as ours use it; no library on Maven Central has its type. */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    static final String KIND = "keda.sh/v1alpha1/ScaledObject";

    record Spec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            int cooldownPeriod,
            List<Trigger> triggers) {}

    record Target(String name) {}

    /** @param authenticationRef how it signs in; null where nobody asks who it is */
    record Trigger(String type, Map<String, String> metadata, Target authenticationRef) {}
}
