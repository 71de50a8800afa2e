package io.deformux.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Precision;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Small packages whose weights are a few bytes: nothing here loads them. */
final class Samples {
    static final Preset PRESET = new Preset(
            "custom", List.of(1.5, 1.25, 2.0), new IntensityWindow(-125, 275), List.of("background", "organ"));
    static final DeformUxNetConfig NETWORK =
            new DeformUxNetConfig(1, 2, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3);

    private Samples() {}

    static ModelManifest manifest(ModelId id, List<Member> members) {
        return new ModelManifest(
                id,
                PRESET,
                NETWORK,
                new WindowDefaults(List.of(48, 32, 64), 0.25, "constant"),
                Precision.FP32,
                members,
                json("{'dataset': {'sha256': 'ab', 'cases': 3}, 'dice': [0.91, 1e-7], 'note': null}"));
    }

    /** A package of which each member's weights are one of {@code weights}. */
    static ModelPackage packageIn(Path directory, ModelId id, String... weights) throws IOException {
        List<Path> archives = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (String content : weights) {
            Path archive = Files.writeString(Files.createTempFile(directory.getParent(), "weights", ""), content);
            String file = weights.length == 1 ? "model.pt" : "fold-" + members.size() + ".pt";
            OptionalInt fold = weights.length == 1 ? OptionalInt.empty() : OptionalInt.of(members.size());
            members.add(Member.of(file, archive, fold));
            archives.add(archive);
        }
        ModelPackage written = ModelPackage.write(directory, manifest(id, members), archives);
        for (Path archive : archives) {
            Files.delete(archive);
        }
        return written;
    }

    static ObjectNode json(String singleQuoted) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static AbstractThrowableAssert<?, JobException> refused(FailureCode code, ThrowingCallable call) {
        JobException failure = catchThrowableOfType(JobException.class, call);
        assertThat(failure).as("refusal").isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return assertThat(failure);
    }
}
