/**
 * {@code http:} and {@code https:} references, and the client that {@code dicomweb(s):} shares with them.
 *
 * <p>What an event can reach is what the configuration names: origins with their scheme and port, no redirect to
 * another one, no proxy, and addresses of the Internet or of the networks listed for that origin. Names are resolved and
 * checked right before each request. The platform's client resolves them once more when it connects; the platform's
 * cache of names (security property {@code networkaddress.cache.ttl}, 30 s unless set) gives it the addresses that were
 * checked, so the property must not be 0. What remains: somebody who rules the name service of an allowed host can time
 * an answer at the moment the cache forgets. Against {@code https} that gains nothing, since the certificate will not
 * fit; so put hosts that others rule behind {@code https} only.
 *
 * <p>TLS trusts what the platform trusts; the certificate of a hospital's own authority is added with the system
 * property {@code javax.net.ssl.trustStore}.
 *
 * <p>Threads: safe to share, apart from answers and their bodies, which belong to one job. May import {@code storage},
 * {@code storage.archive} and {@code failure}.
 */
package io.deformux.storage.web;
