/**
 * A DICOM node without an archive: takes images in by C-STORE, makes an event of each series that has been quiet for a while,
 * by the same rules as the bridge, and sends what was found back by C-STORE. {@link io.deformux.node.DicomNode} puts it
 * together.
 *
 * <p>{@link io.deformux.node.SeriesStore} is the folder where series are collected and whole ones lie, which says all that a
 * restart has to know but for the place up to which series have been announced: that is kept in Kafka, with the events in one
 * transaction. Names in it are numbers and digests, never what came from outside.
 *
 * <p>Threads: associations have theirs, the loop that announces and the one that sends back have one each. May import {@code
 * dicom.data}, {@code dicom.net}, {@code dicom.pixel}, {@code dicom.series.slice}, {@code failure}, {@code
 * messaging.cluster}, {@code messaging.event}, {@code messaging.record}, {@code pacs}, {@code routing}, {@code schemas} and
 * {@code storage..}.
 */
package io.deformux.node;
