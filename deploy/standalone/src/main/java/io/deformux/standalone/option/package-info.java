/**
 * What may be written after a command: groups of options that several commands share, as picocli's mixins, each with the
 * record that is made of it; and how a person's words become values. The names of options are the product's interface: what
 * a command does not use, it does not take.
 *
 * <p>Threads: filled by picocli before the command runs, then read on the main thread. May import {@code
 * standalone.settings}, {@code dicom.data}, {@code dicom.seg}, {@code dicom.series.stack}, {@code failure}, {@code
 * messaging..}, {@code model}, {@code network..}, {@code node}, {@code dicom.net}, {@code pacs}, {@code radiomics}, {@code
 * results.web}, {@code results.webhook}, {@code routing}, {@code schemas}, {@code storage..}, {@code telemetry..}, {@code
 * transform}, {@code volume}, {@code worker.infer}, {@code worker.infer.settings}, {@code worker.infer.outputs}, {@code
 * worker.train.dataset} and {@code worker.train.planning}.
 */
package io.deformux.standalone.option;
