package io.deformux.worker.train.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.storage.Digest;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.optimization.AdamW;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a checkpoint must belong to: all that the steps of a fold follow from, by names that stay whatever becomes of the
 * classes behind them. Where the fold ends is left out: a training may be made longer. What is added to it must be left out
 * where it has no effect, or every checkpoint there is becomes worthless.
 *
 * @param text a JSON object with its names in order
 * @param older what versions before had in its place
 */
record FoldIdentity(String text, String older) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** The identity of a fold. */
    static FoldIdentity of(FoldSettings settings, FoldData data) {
        Fold fold = data.fold();
        Map<String, Object> all = new TreeMap<>();
        NetworkConfig network = settings.network();
        all.put("architecture", network.architecture().name());
        all.put("inChannels", network.inChannels());
        all.put("outChannels", network.outChannels());
        network.settings().json().properties().forEach(each -> all.put("setting " + each.getKey(), each.getValue()));
        all.put(
                "crop",
                List.of(
                        settings.crop().d(),
                        settings.crop().h(),
                        settings.crop().w()));
        all.put("casesPerIteration", settings.casesPerIteration());
        all.put("cropsPerCase", settings.cropsPerCase());
        all.put("cropsAnywhere", settings.anywhere());
        all.put("validationInterval", settings.validationInterval());
        AdamW.Settings optimizer = settings.optimizer();
        all.put("learningRate", optimizer.learningRate());
        all.put("weightDecay", optimizer.weightDecay());
        all.put("adamw", List.of(optimizer.beta1(), optimizer.beta2(), optimizer.epsilon()));
        all.put("variations", settings.augmentation().identity());
        all.put("overlap", settings.overlap());
        all.put("seed", settings.seed());
        all.put("fold", fold.number());
        all.put("train", digest(fold.train()));
        all.put("validation", digest(fold.validation()));
        all.put("data", data.digest());
        if (!data.regions().isEmpty()) {
            all.put(
                    "regions",
                    data.regions().stream()
                            .map(region -> region.value() + " of " + region.labels())
                            .toList());
        }
        return new FoldIdentity(json(all), digestOf(settings.withoutEnd() + " " + fold + " " + data.digest()));
    }

    /** Ids of cases have no place in a checkpoint. */
    private static String digest(List<String> ids) {
        return digestOf(String.join("\n", ids));
    }

    private static String digestOf(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Map<String, Object> all) {
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can be written as JSON", e);
        }
    }

    /**
     * Compares with what a checkpoint says that it belongs to.
     *
     * @throws JobException CHECKPOINT_INVALID that names what differs
     */
    void require(String found) {
        if (found.equals(text) || found.equals(older)) {
            return;
        }
        throw new JobException(
                FailureCode.CHECKPOINT_INVALID,
                "the checkpoint belongs to a training with " + difference(found)
                        + ": give this one a folder of its own, or delete the fold's folder to start it anew");
    }

    private String difference(String found) {
        try {
            JsonNode ours = JSON.readTree(text);
            JsonNode theirs = JSON.readTree(found);
            if (theirs instanceof ObjectNode) {
                TreeSet<String> names = new TreeSet<>();
                ours.fieldNames().forEachRemaining(names::add);
                theirs.fieldNames().forEachRemaining(names::add);
                List<String> different = new ArrayList<>();
                for (String name : names) {
                    if (!ours.path(name).equals(theirs.path(name))) {
                        different.add(name);
                    }
                }
                return "another " + String.join(", ", different);
            }
        } catch (JsonProcessingException e) {
            // Older versions had a digest there.
        }
        return "other settings or other data, or to an older version of this software";
    }
}
