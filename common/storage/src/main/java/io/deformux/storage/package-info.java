/**
 * A reference (URI) to local bytes and back, with an allow-list, size limits and SHA-256 digests.
 *
 * <p>{@link io.deformux.storage.StorageRouter} is the way in: it picks the {@link io.deformux.storage.Storage} of a
 * reference's scheme and checks the digest that an event states. {@code storage.file}, {@code storage.web},
 * {@code storage.dicomweb} and {@code storage.s3} have one scheme or two each, {@code storage.archive} unpacks what comes as one object.
 * What all of them may follow is one {@link io.deformux.storage.AccessPolicy}, which {@link
 * io.deformux.storage.AccessFile} reads from a file; limits ({@link io.deformux.storage.InputMeter}) and scratch space
 * ({@link io.deformux.storage.Scratch}) are shared too.
 *
 * <p>Outputs of one attempt at a job are {@link io.deformux.storage.Storage#stage staged} and then published together, so
 * that those of two attempts never mix. A scratch directory is claimed by its process, and what dead processes have left is
 * swept, with what they had staged elsewhere.
 *
 * <p>Threads: instances are safe to share, apart from meters and scratch directories, which belong to one job. May
 * import {@code failure}; knows neither formats nor events.
 */
package io.deformux.storage;
