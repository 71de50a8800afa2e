/**
 * The commands, a file for each, named as a person types them: {@code deformux model import} is
 * {@link io.deformux.standalone.command.ModelImportCommand}. A command reads its options, lets others do the work, prints
 * what came of it and gives an {@link io.deformux.standalone.command.ExitCode}. A new one is named in
 * {@link io.deformux.standalone.Deformux}.
 *
 * <p>Threads: a command runs on the main thread and closes what it started. May import {@code standalone.bench}, {@code
 * standalone.check..}, {@code standalone.demo}, {@code standalone.evaluation}, {@code standalone.option}, {@code
 * standalone.packaging}, {@code standalone.run}, {@code standalone.settings}, {@code broker}, {@code evaluation}, {@code
 * failure}, {@code messaging..}, {@code model}, {@code network..}, {@code nifti}, {@code dicom.net}, {@code node}, {@code pacs}, {@code results}, {@code
 * results.web}, {@code results.webhook}, {@code routing}, {@code schemas}, {@code storage}, {@code telemetry}, {@code transform}, {@code volume}, {@code
 * worker.infer}, {@code worker.infer.outputs}, {@code worker.infer.result}, {@code worker.infer.settings}, {@code worker.infer.stage}, {@code
 * worker.train.check}, {@code
 * worker.train.comparison}, {@code worker.train.dataset} and {@code worker.train.messaging}.
 */
package io.deformux.standalone.command;
