package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.routing.AttributePath;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules see of an instance; of the same instance Orthanc 1.10.1 tells the same. */
class DataSetAttributesTest {
    private final DataSetAttributes attributes = new DataSetAttributes(new DataSet()
            .put(Tag.MODALITY, "CT")
            .put(bytes(0x00080030, Vr.TM, ""))
            .put(bytes(0x00081030, Vr.LO, "a".repeat(256)))
            .put(bytes(0x0008103e, Vr.LO, "a".repeat(257)))
            .put(bytes(0x00081090, Vr.LO, "  "))
            .put(new Element.Items(0x00180012, List.of(new DataSet().put(bytes(0x00080100, Vr.SH, "C")))))
            .put(new Element.Items(0x00180014, List.of()))
            .put(new Element.Items(0x00180026, List.of(new DataSet())))
            .put(new Element.Bytes(0x00280009, Vr.AT, new byte[] {0x18, 0, 0x63, 0x10}, ByteOrder.LITTLE_ENDIAN))
            .put(new Element.Bytes(0x00281101, Vr.US, new byte[] {1, 0, 2, 0, 3, 0}, ByteOrder.LITTLE_ENDIAN))
            .put(new Element.Bytes(0x00281201, Vr.US, new byte[400], ByteOrder.LITTLE_ENDIAN))
            .put(new Element.Bytes(0x00282000, Vr.OB, new byte[] {1, 2}, ByteOrder.LITTLE_ENDIAN))
            .put(new Element.Bytes(0x00282002, Vr.OB, new byte[0], ByteOrder.LITTLE_ENDIAN)));

    private static Element bytes(int tag, Vr vr, String text) {
        return new Element.Bytes(tag, vr, text.getBytes(StandardCharsets.US_ASCII), ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0008,0060 | true",
                "0008,0030 | false",
                "0008,1090 | false",
                "0008,1030 | true",
                "0008,103e | true",
                "0010,0010 | false",
                "0018,0012 | true",
                "0018,0012/0008,0100 | true",
                "0018,0012/0008,0102 | false",
                "0018,0014 | false",
                "0018,0026 | true",
                "0018,0026/0008,0100 | false",
                "0028,0009 | true",
                "0028,1101 | true",
                "0028,1101/0008,0100 | false",
                "0028,2000 | true",
                "0028,2002 | false"
            })
    void whatIsThereIsKnownOfSequencesBytesAndLongTextsToo(String path, boolean present) {
        assertThat(attributes.has(AttributePath.parse(path))).isEqualTo(present);
    }

    @Test
    void valuesAreTextAndNumbersAndNoneOfOver256Bytes() {
        assertThat(values("0008,0060")).containsExactly("CT");
        assertThat(values("0028,0009")).containsExactly("0018,1063");
        assertThat(values("0028,1101")).containsExactly("1", "2", "3");
        assertThat(values("0008,1030")).containsExactly("a".repeat(256));
        assertThat(values("0008,103e")).isEmpty();
        assertThat(values("0028,1201")).isEmpty();
        assertThat(values("0028,2000")).isEmpty();
        assertThat(values("0018,0012/0008,0100")).containsExactly("C");
    }

    private List<String> values(String path) {
        return attributes.values(AttributePath.parse(path));
    }
}
