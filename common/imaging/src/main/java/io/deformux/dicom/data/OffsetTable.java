package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_MALFORMED;

import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The Basic Offset Table (PS3.5 section A.4): for each frame, how many bytes after the table the item header of its
 * first fragment starts. May be empty.
 */
public final class OffsetTable {
    private static final int ITEM_HEADER = 8;

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
        if (offsets.length != frames) {
            throw new JobException(
                    DICOM_MALFORMED,
                    frames + " frames in " + fragments.size() + " fragments need a Basic Offset Table with " + frames
                            + " entries, not " + offsets.length);
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
