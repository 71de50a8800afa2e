/**
 * DICOM over TCP, as much of it as a node needs that takes images in and gives objects back: the upper layer protocol
 * (PS3.8 chapter 9) with {@link io.deformux.dicom.net.PduReader} and {@link io.deformux.dicom.net.Association}, and of DIMSE
 * (PS3.7 chapter 9) C-ECHO and C-STORE. {@link io.deformux.dicom.net.AssociationServer} accepts,
 * {@link io.deformux.dicom.net.StorageUser} calls.
 *
 * <p>What comes from outside is bounded before it takes memory or time: the length of PDUs and commands, the number of
 * presentation contexts and of associations, how long a PDU may take to come. What breaks the protocol ends its association
 * with an A-ABORT and nothing else. No message has a value of an object; addresses and AE titles that came from outside are in
 * those of {@link io.deformux.dicom.net.RefusedCallers} alone, which are bounded.
 *
 * <p>Threads: an association belongs to one thread; a server has its own. May import {@code dicom.data} and
 * {@code failure}.
 */
package io.deformux.dicom.net;
