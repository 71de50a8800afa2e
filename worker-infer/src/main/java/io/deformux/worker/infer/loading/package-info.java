/**
 * Model packages into the memory of a device, where the last one stays.
 *
 * <p>Threads: a loader may be shared; a cache and a model are for one thread at a time. May import {@code failure}, {@code
 * inference}, {@code model}, {@code network..}, {@code schemas}, {@code transform}, {@code volume} and {@code worker.infer.settings}.
 */
package io.deformux.worker.infer.loading;
