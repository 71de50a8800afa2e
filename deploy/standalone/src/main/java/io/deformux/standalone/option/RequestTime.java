package io.deformux.standalone.option;

import java.time.Duration;

/**
 * How long a request may take to reach a server of this process, head and body; then its connection is closed, since one
 * that is half open would keep a thread for ever. Java's server takes it when the first one is made.
 */
public enum RequestTime {
    /** Where nothing large is sent. */
    OF_QUESTIONS(Duration.ofSeconds(10)),
    /** Where scans are uploaded. */
    OF_UPLOADS(Duration.ofHours(1));

    private final Duration most;

    RequestTime(Duration most) {
        this.most = most;
    }

    /** From the first server on. */
    public void set() {
        System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(most.toSeconds()));
    }
}
