/**
 * What {@code deformux demo} shows: generated scans with known organs, and the way from data to a segmentation by message,
 * on a broker in this process. Also the scan through one worker that needs no training, and the look at what came back.
 *
 * <p>Threads: the calling thread; broker and workers have their own and end with the run. May import {@code
 * standalone.option}, {@code standalone.run}, {@code broker}, {@code dicom.series}, {@code evaluation}, {@code
 * messaging..}, {@code model}, {@code nifti}, {@code schemas}, {@code storage}, {@code volume}, {@code worker.infer}
 * and {@code worker.infer.settings}.
 */
package io.deformux.standalone.demo;
