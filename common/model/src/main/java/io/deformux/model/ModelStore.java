package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.RootFolder;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder of packages, {@code ROOT/NAME/VERSION/}. A folder that is itself a package is a store of that one. Nothing is
 * kept in memory: a package that another process publishes is found at the next call.
 */
public final class ModelStore {
    private static final int NAMES_SHOWN = 20;

    private final Path root;
    private final RootFolder folder;

    /** A store in the folder {@code root}, which may be still to be made. */
    public ModelStore(Path root) {
        this.root = root;
        this.folder = new RootFolder(root);
    }

    /**
     * Checks that the store is there, and not another disk in its place.
     *
     * @throws JobException MODEL_STORE_UNAVAILABLE
     */
    public void requirePresent() {
        folder.fault().ifPresent(fault -> {
            throw new JobException(FailureCode.MODEL_STORE_UNAVAILABLE, "the model store " + fault);
        });
    }

    /**
     * Finds a package without reading its weights, so that a worker can see whether it has it loaded already.
     *
     * @param version the exact version; the newest if empty
     * @throws JobException MODEL_NOT_FOUND, naming what there is; MODEL_STORE_UNAVAILABLE
     */
    public ModelId resolve(String name, Optional<String> version) {
        requirePresent();
        List<ModelId> all = list();
        return all.stream()
                .filter(id -> id.name().equals(name))
                .filter(id -> version.isEmpty() || id.version().equals(version.get()))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> notFound(name, version, all));
    }

    /**
     * Opens a package and verifies its weights.
     *
     * @throws JobException as {@link ModelPackage#open} says; MODEL_INVALID if the folder holds another model than its
     *     place says; MODEL_STORE_UNAVAILABLE
     */
    public ModelPackage open(ModelId id) {
        try {
            ModelPackage opened = ModelPackage.open(directory(id));
            requireInPlace(id, opened.id());
            return opened;
        } catch (JobException e) {
            requirePresent(); // else it is not the package that is wrong
            throw e;
        }
    }

    /**
     * What a package says of itself. Its weights must be there but are not read, so it is quick.
     *
     * @throws JobException as {@link #open} says, without MODEL_DIGEST_MISMATCH
     */
    public ModelManifest manifest(ModelId id) {
        ModelManifest manifest = ModelPackage.complete(directory(id));
        requireInPlace(id, manifest.id());
        return manifest;
    }

    private static void requireInPlace(ModelId id, ModelId found) {
        Invalid.unless(found.equals(id), "the folder of " + id + " holds " + found + "; move it");
    }

    /**
     * Copies a package into the store, where it is seen as a whole or not at all. Publishing the same package again
     * changes nothing.
     *
     * @param manifest its content
     * @param weights its weights archives, anywhere, in the order of the members; read once, to their stated digests
     * @return the package in the store
     * @throws JobException as {@link ModelPackage#write} says; if that version is there already, as {@link #open} says,
     *     and MODEL_INVALID if its content is another; MODEL_STORE_UNAVAILABLE if the store was there and is not
     */
    public ModelPackage publish(ModelManifest manifest, List<Path> weights) {
        if (folder.wasThere()) {
            requirePresent();
        }
        Invalid.unless(!isPackage(root), "the store is a single package; nothing can be published into it");
        Path target = directory(manifest.id());
        if (!isPackage(target)) {
            try {
                return ModelPackage.write(target, manifest, weights);
            } catch (JobException e) {
                // Someone else may have published it just now.
                if (!isPackage(target)) {
                    throw e;
                }
            }
        }
        ModelPackage present = open(manifest.id());
        Invalid.unless(
                present.digest().equals(manifest.digest()),
                manifest.id() + " is published already, with other content; give the new one another version");
        return present;
    }

    /** Deletes what publications have left whose process, of this host, is dead. */
    public void sweep() {
        folders(root).forEach(name -> Scratch.sweep(root.resolve(name)));
    }

    /** All packages, by name and from the oldest version to the newest; their weights are not read. */
    public List<ModelId> list() {
        if (isPackage(root)) {
            return List.of(ModelPackage.manifest(root).id());
        }
        List<ModelId> ids = new ArrayList<>();
        for (String name : folders(root)) {
            for (String version : folders(root.resolve(name))) {
                if (isPackage(root.resolve(name).resolve(version))) {
                    ids.add(new ModelId(name, version));
                }
            }
        }
        return ids.stream().sorted().toList();
    }

    private Path directory(ModelId id) {
        return isPackage(root) ? root : root.resolve(id.name()).resolve(id.version());
    }

    private static boolean isPackage(Path directory) {
        return Files.isRegularFile(directory.resolve(ModelManifest.FILE));
    }

    private static List<String> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (ModelId.isName(name)) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new JobException(FailureCode.MODEL_STORE_UNAVAILABLE, "the model store cannot be read", e);
        }
        return names;
    }

    private static JobException notFound(String name, Optional<String> version, List<ModelId> all) {
        String wanted = ModelId.isName(name) ? " " + name : " of that name";
        String exactly = version.filter(ModelId::isName).map(text -> " " + text).orElse("");
        String there = all.isEmpty()
                ? "the store is empty"
                : "there are "
                        + all.stream().limit(NAMES_SHOWN).map(ModelId::toString).collect(Collectors.joining(", "));
        return new JobException(
                FailureCode.MODEL_NOT_FOUND, "no model" + wanted + exactly + " is in the store; " + there);
    }
}
