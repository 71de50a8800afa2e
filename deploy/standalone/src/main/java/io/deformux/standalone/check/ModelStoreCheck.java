package io.deformux.standalone.check;

import io.deformux.failure.JobException;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the packages of a model store can be opened. */
public final class ModelStoreCheck implements Check {
    private static final String SECTION = "models";
    private static final int DIGEST_SHOWN = 12;

    private final Path root;
    private final ModelStore store;
    private final boolean verify;

    /**
     * @param root the store's folder
     * @param verify whether weights are read to their digests, which takes a while
     */
    public ModelStoreCheck(Path root, boolean verify) {
        this.root = root;
        this.store = new ModelStore(root);
        this.verify = verify;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() {
        if (!Files.isDirectory(root)) {
            return List.of(unusable(root + " is no folder", "give the folder of the model store with --models"));
        }
        List<ModelId> ids;
        try {
            ids = store.list();
        } catch (JobException e) {
            return List.of(unusable(e.getMessage(), "let this user read " + root + ", or copy the package again"));
        }
        List<Finding> findings = new ArrayList<>();
        for (ModelId id : ids) {
            findings.add(look(id, isNewest(id, ids)));
        }
        long usable = findings.stream()
                .filter(finding -> finding.verdict() == Severity.OK)
                .count();
        findings.add(
                0,
                usable == 0
                        ? unusable(
                                ids.isEmpty() ? "no package is in " + root : "none of " + ids.size() + " can be used",
                                "put a package there: deformux model import, or a training that publishes one")
                        : Finding.ok(SECTION, "store", usable + " of " + ids.size() + " packages can be used"));
        return findings;
    }

    private Finding look(ModelId id, boolean newest) {
        String name = "model " + id;
        try {
            ModelManifest manifest = verify ? store.open(id).manifest() : store.manifest(id);
            return Finding.ok(
                    SECTION,
                    name,
                    (newest ? "newest of its name, " : "") + manifest.members().size() + " member(s), digest "
                            + manifest.digest().substring(0, DIGEST_SHOWN) + ", weights "
                            + (verify ? "as stated" : "not read (--verify-models)"));
        } catch (JobException e) {
            return Finding.warn(
                    SECTION,
                    name,
                    e.code() + ": " + e.getMessage(),
                    newest
                            ? "jobs that name no version fail; copy the package again or remove its folder"
                            : "copy the package again or remove its folder");
        }
    }

    private static boolean isNewest(ModelId id, List<ModelId> all) {
        return all.stream().noneMatch(other -> other.name().equals(id.name()) && other.compareTo(id) > 0);
    }

    private static Finding unusable(String value, String advice) {
        return Finding.fail(SECTION, "store", value, advice);
    }
}
