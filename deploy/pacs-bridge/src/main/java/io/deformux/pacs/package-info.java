/**
 * The bridge from a PACS to Kafka: follows Orthanc's change feed and publishes a scan-arrived event for every stable series
 * that a rule wants segmented. {@link io.deformux.pacs.BridgeLoop} is the way in.
 *
 * <p>Threads: a loop and its bridge run on one thread. May import {@code messaging.cluster}, {@code messaging.event},
 * {@code routing}, {@code schemas}, {@code failure} and of {@code dicom.data} what a UID is.
 */
package io.deformux.pacs;
