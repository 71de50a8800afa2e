package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BitPackerTest {

    @Test
    void theFirstPixelIsTheLowestBitAndFramesFollowWithoutAGap() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitPacker packer = new BitPacker(out);

        packer.put(new byte[] {2, 0, 2, 1, 1}, 2); // 1 0 1 0 0
        packer.put(new byte[] {1, 1, 0, 1, 1}, 1); // 1 1 0 | 1 1
        packer.put(new byte[] {(byte) 200}, 200); // 1
        packer.finish();

        assertThatArray(out.toByteArray()).containsExactly(0b0110_0101, 0b0000_0111);
        assertThat(BitPacker.bytes(11)).isEqualTo(2);
    }

    @Test
    void aWholeNumberOfBytesNeedsNoMore() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitPacker packer = new BitPacker(out);

        packer.put(new byte[] {1, 1, 1, 1, 0, 0, 0, 1}, 1);
        packer.finish();

        assertThatArray(out.toByteArray()).containsExactly((byte) 0b1000_1111);
        assertThat(BitPacker.bytes(8)).isEqualTo(1);
    }
}
