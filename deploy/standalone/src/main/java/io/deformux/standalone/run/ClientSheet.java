package io.deformux.standalone.run;

import io.deformux.model.ModelId;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.Origin;
import io.deformux.storage.Use;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client of workers needs to know beside the address of their broker.
 *
 * @param bootstrapServers that address
 * @param models what there is in the model store, in order
 * @param access what events may refer to
 * @param management where metrics and health are, if anywhere
 */
public record ClientSheet(
        String bootstrapServers, List<ModelId> models, AccessPolicy access, Optional<InetSocketAddress> management) {

    /** The lines, the last of which are commands to copy. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("scans go to: " + Topics.SCAN_ARRIVED + ", urgent ones to " + Topics.SCAN_URGENT);
        lines.add("results come from: " + Topics.SEGMENTATION_RESULT
                + " (isolation.level=read_committed), progress from " + Topics.PROGRESS);
        lines.add("models: "
                + listed(
                        models.stream()
                                .map(id -> id.name() + " " + id.version())
                                .toList(),
                        "none yet"));
        lines.add("inputs lie below: " + places(access.inputRoots(), Use.READ));
        lines.add("outputs go below: " + places(access.outputRoots(), Use.STORE));
        lines.add("metrics and health: "
                + management
                        .map(at -> "http://" + at.getHostString() + ":" + at.getPort())
                        .orElse("nowhere (--management-port)"));
        lines.add("to look on: deformux watch --bootstrap-servers " + bootstrapServers + " --progress");
        lines.add("to send a scan: deformux send scan --bootstrap-servers " + bootstrapServers + " --input "
                + first(access.inputRoots(), "INPUT") + "/SCAN --model "
                + models.stream().map(ModelId::name).findFirst().orElse("MODEL") + " --output "
                + first(access.outputRoots(), "OUTPUT"));
        return lines;
    }

    /** Folders, and the hosts and buckets that are there for the same use. */
    private String places(List<Path> folders, Use use) {
        List<String> places =
                new ArrayList<>(folders.stream().map(Path::toString).toList());
        access.hosts().stream()
                .filter(host -> host.uses().contains(use))
                .forEach(host -> places.add(text(host.origin())));
        access.buckets().stream()
                .filter(bucket -> bucket.uses().contains(use))
                .forEach(bucket -> places.add("s3://" + bucket.name() + "/" + bucket.prefix()));
        return listed(places, "nowhere");
    }

    private static String text(Origin origin) {
        return origin.scheme() + "://" + origin.host() + ":" + origin.port();
    }

    private static String listed(List<String> all, String none) {
        return all.isEmpty() ? none : String.join(", ", all);
    }

    /** As a shell takes it. */
    private static String first(List<Path> folders, String none) {
        return folders.stream()
                .map(Path::toString)
                .map(path -> path.matches("[\\w./:@%+=,-]+") ? path : "'" + path.replace("'", "'\\''") + "'")
                .findFirst()
                .orElse(none);
    }
}
