/**
 * The page over HTTP: the site's files, the JSON API of {@code openapi.json} beside it, changes as server-sent events, and
 * the files of results. {@link io.deformux.results.web.WebServer} has the table of all addresses; what may be asked by whom
 * is a {@link io.deformux.results.web.Gate}.
 *
 * <p>Threads: handlers run on a bounded pool and share only what is made for all threads. May import {@code results.state},
 * {@code messaging.event}, {@code schemas}, {@code storage} and {@code failure}.
 */
package io.deformux.results.web;
