/**
 * A model package on disk (weights and {@code model.json}) and the store that finds one by name and version.
 *
 * <p>{@link io.deformux.model.ModelManifest} is what {@code model.json} says, {@link io.deformux.model.ModelPackage} a
 * folder of which every weights file was checked against it, {@link io.deformux.model.ModelStore} a folder of packages.
 *
 * <p>Threads: packages are immutable, stores are safe to share. May import {@code network..} and {@code transform} (their
 * configuration records), {@code storage} and {@code failure}.
 */
package io.deformux.model;
