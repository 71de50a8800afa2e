/**
 * What a job stores: the label map, the DICOM segmentation, the measurements and the preview, and on request a DICOM
 * report, a DICOM structure set, surfaces, lists of the labels, masks and probabilities of each class, their entropy, what an
 * ensemble disagrees about and the scan, each an {@link io.deformux.worker.infer.outputs.JobOutput} that writes its files and
 * believes them only after reading them back where a mistake would matter to a patient. The same job gives the same bytes, but
 * that radiomics features of a label are left out where the heap has no room for them.
 *
 * <p>Text about the patient goes from a DICOM source into the DICOM objects and nowhere else.
 *
 * <p>Threads: outputs may be shared. May import {@code worker.infer.preview}, {@code worker.infer.probability}, {@code
 * worker.infer.stage}, {@code dicom..}, {@code failure}, {@code mesh}, {@code model}, {@code nifti}, {@code radiomics}, {@code
 * schemas}, {@code transform} and {@code volume}.
 */
package io.deformux.worker.infer.outputs;
