package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Basic Offset Table (PS3.5 section A.4): for each frame, how many bytes after the table the item header of its
 * first fragment starts. May be empty; the frames of JPEG, JPEG-LS and JPEG 2000 are then told by their start markers.
 */
public final class OffsetTable {
    private static final int ITEM_HEADER = 8;

    /**
     * How a coded frame begins: SOI and a marker (ISO/IEC 10918-1 and 14495-1), SOC and SIZ, or the signature box of a JP2
     * file (ISO/IEC 15444-1).
     */
    private static final List<byte[]> START_MARKERS =
            List.of(new byte[] {-1, (byte) 0xd8, -1}, new byte[] {-1, 0x4f, -1, 0x51}, new byte[] {
                0, 0, 0, 12, 'j', 'P', ' ', ' '
            });

    private final long[] offsets;

    private OffsetTable(long[] offsets) {
        this.offsets = offsets;
    }

    /**
     * A table from the bytes of the first item: unsigned 32-bit little endian numbers; none of them: an empty table.
     *
     * @throws JobException {@code DICOM_MALFORMED} if these are no such numbers
     */
    public static OffsetTable of(byte[] item) {
        if (item.length % 4 != 0) {
            throw new JobException(DICOM_MALFORMED, "the Basic Offset Table is not a list of 32-bit numbers");
        }
        ByteBuffer numbers = ByteBuffer.wrap(item).order(ByteOrder.LITTLE_ENDIAN);
        long[] offsets = new long[item.length / 4];
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] = Integer.toUnsignedLong(numbers.getInt());
        }
        return new OffsetTable(offsets);
    }

    /**
     * The coded bytes of one frame, its fragments joined.
     *
     * @param fragments those of all frames, in file order
     * @param frame from 0
     * @param frames how many frames the object has
     * @return where the frame is one fragment, that array itself: not to be changed
     * @throws JobException {@code DICOM_MALFORMED} if fragments and table do not tell which are the frame's
     */
    public byte[] frame(List<byte[]> fragments, int frame, int frames) {
        if (frames == 1) {
            return join(fragments);
        }
        if (fragments.size() == frames) {
            return fragments.get(frame);
        }
        List<Integer> starts = starts(fragments);
        if (starts.size() == frames && starts.get(0) == 0) {
            int end = frame + 1 < frames ? starts.get(frame + 1) : fragments.size();
            return join(fragments.subList(starts.get(frame), end));
        }
        if (offsets.length != frames) {
            throw new JobException(
                    DICOM_MALFORMED,
                    frames + " frames in " + fragments.size() + " fragments, of which " + starts.size()
                            + " begin with a start marker, need a Basic Offset Table with " + frames + " entries, not "
                            + offsets.length);
        }
        long from = offsets[frame];
        long to = frame + 1 < frames ? offsets[frame + 1] : Long.MAX_VALUE;
        List<byte[]> own = new ArrayList<>();
        long at = 0;
        for (byte[] fragment : fragments) {
            if (at >= from && at < to) {
                own.add(fragment);
            }
            at += ITEM_HEADER + fragment.length;
        }
        return join(own);
    }

    /** Which fragments begin as a frame does; no code stream has these bytes further inside. */
    private static List<Integer> starts(List<byte[]> fragments) {
        List<Integer> starts = new ArrayList<>();
        for (int n = 0; n < fragments.size(); n++) {
            byte[] fragment = fragments.get(n);
            if (START_MARKERS.stream().anyMatch(marker -> startsWith(fragment, marker))) {
                starts.add(n);
            }
        }
        return starts;
    }

    private static boolean startsWith(byte[] fragment, byte[] marker) {
        return fragment.length >= marker.length && Arrays.equals(fragment, 0, marker.length, marker, 0, marker.length);
    }

    private static byte[] join(List<byte[]> fragments) {
        if (fragments.isEmpty()) {
            throw new JobException(DICOM_MALFORMED, "a frame of the Pixel Data has no fragment");
        }
        if (fragments.size() == 1) {
            return fragments.get(0);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        fragments.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
