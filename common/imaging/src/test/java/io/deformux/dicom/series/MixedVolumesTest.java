package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.dicom.series.slice.PassedOver;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several volumes in one series that have the same acquisition, or none: never mixed, and never one of them in silence. */
class MixedVolumesTest {
    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "TEMPORAL_POSITION_IDENTIFIER, 1, 2, '1 (4 images), 2 (4 images)'",
        "ECHO_NUMBERS, 1, 2, '1 (4 images), 2 (4 images)'",
        "ECHO_TIME, 4.6, 92, '4.6 (4 images), 92 (4 images)'",
        "INVERSION_TIME, 100, 2500, Inversion Time",
        "FLIP_ANGLE, 5, 20, Flip Angle",
        "KVP, 80, 140, '80 (4 images), 140 (4 images)'",
        "CONVOLUTION_KERNEL, B30f, B70f, '4 images, 4 images'",
        "CONTRAST_BOLUS_AGENT, '', given, '4 images, 4 images'",
        "IMAGE_TYPE, ORIGINAL\\PRIMARY\\M, ORIGINAL\\PRIMARY\\P, Image Type",
        "SLICE_THICKNESS, 2.5, 5, Slice Thickness",
        "SEQUENCE_NAME, b0, b1000, Sequence Name",
        "SERIES_NUMBER, 4, 5, Series Number",
        "SERIES_DESCRIPTION, native, venous, Series Description"
    })
    void slicesThatAlternateInATraitAreSeveralVolumes(Tag trait, String one, String other, String told) {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(trait, k % 2 == 0 ? one : other);
        }
        write(folder, images);

        assertRefused(told);
    }

    @Test
    void volumesOfTheSamePlacesAreNamedByWhatTellsThemApart() {
        List<DataSet> both = new ArrayList<>();
        images(5).forEach(image -> both.add(image.put(Tag.ECHO_NUMBERS, "1")));
        images(5)
                .forEach(image ->
                        both.add(image.put(Tag.ECHO_NUMBERS, "2").put(Tag.SOP_INSTANCE_UID, "1.2.3." + both.size())));
        write(folder, both);

        assertRefused("Echo Number(s) (0018,0086): 1 (5 images), 2 (5 images)");
    }

    @ParameterizedTest
    @EnumSource(FrameTrait.class)
    void framesOfOneObjectAreToldApartToo(FrameTrait trait) {
        DataSet object = EnhancedImage.of(images(8));
        for (int k = 0; k < 8; k++) {
            trait.put(EnhancedImage.frame(object, k), k % 2);
        }
        write(folder.resolve("1.dcm"), SyntheticSeries.file(object));

        assertRefused(trait.told);
    }

    @Test
    void framesOfTwoTimesAtTheSamePlacesAreTold() {
        List<DataSet> both = new ArrayList<>(images(4));
        both.addAll(images(4));
        DataSet object = EnhancedImage.of(both);
        for (int n = 0; n < 8; n++) {
            FrameTrait.TIME.put(EnhancedImage.frame(object, n), n / 4);
        }
        write(folder.resolve("1.dcm"), SyntheticSeries.file(object));

        assertRefused("Temporal Position Index (0020,9128): 1 (4 images), 2 (4 images)");
    }

    @Test
    void aMeasuredValueThatVariesMakesNoVolumes() {
        List<DataSet> images = images(8);
        String[] times = {"4.6", "4.61", "4.6", "4.6", "4.61", "4.61", "4.6", "4.61"};
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.ECHO_TIME, times[k]).put(Tag.KVP, k == 3 ? "121" : "120");
        }
        write(folder, images);

        assertThat(read().info().instances()).hasSize(8);
    }

    @Test
    void partsThatFollowEachOtherAreOneVolume() {
        List<DataSet> images = images(8);
        for (int k = 0; k < 8; k++) {
            images.get(k).put(Tag.CONVOLUTION_KERNEL, k < 4 ? "B30f" : "B70f");
        }
        write(folder, images);

        assertThat(read().info().instances()).hasSize(8);
    }

    @Test
    void projectionsAmongTheSlicesAreLeftOutAndTold() {
        List<DataSet> images = images(10);
        // One on a slice, one where the stack would go on.
        DataSet on = images(10).get(4);
        images.get(9).put(Tag.IMAGE_TYPE, "DERIVED\\SECONDARY\\AXIAL\\MIP");
        images.add(on.put(Tag.IMAGE_TYPE, "DERIVED\\SECONDARY\\MINIP").put(Tag.SOP_INSTANCE_UID, "1.2.3.4"));
        write(folder, images);

        DicomSeries series = read();

        assertThat(series.info().instances()).hasSize(9);
        assertThat(series.passedOver())
                .extracting(PassedOver::reason)
                .containsExactly(PassedOver.Reason.PROJECTION, PassedOver.Reason.PROJECTION);
    }

    @Test
    void aSeriesOfProjectionsIsAVolume() {
        List<DataSet> images = images(8);
        images.forEach(image -> image.put(Tag.IMAGE_TYPE, "DERIVED\\SECONDARY\\AXIAL\\MIP"));
        write(folder, images);

        assertThat(read().info().instances()).hasSize(8);
    }

    /** What functional groups say of a frame. */
    enum FrameTrait {
        TIME(Tag.FRAME_CONTENT_SEQUENCE, "Temporal Position Index (0020,9128): 1 (4 images), 2 (4 images)") {
            @Override
            Element value(int n) {
                return number(Tag.TEMPORAL_POSITION_INDEX, ByteBuffer.allocate(4), buffer -> buffer.putInt(1 + n));
            }
        },
        STACK(Tag.FRAME_CONTENT_SEQUENCE, "Stack ID") {
            @Override
            Element value(int n) {
                return text(Tag.STACK_ID, "" + n);
            }
        },
        TYPE(Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE, "Frame Type") {
            @Override
            Element value(int n) {
                return text(Tag.FRAME_TYPE, "ORIGINAL\\PRIMARY\\VOLUME\\" + (n == 0 ? "NONE" : "ENERGY_PROP_WT"));
            }
        },
        ECHO(Tag.MR_ECHO_SEQUENCE, "Effective Echo Time (0018,9082): 10.0 (4 images), 90.0 (4 images)") {
            @Override
            Element value(int n) {
                return number(Tag.EFFECTIVE_ECHO_TIME, ByteBuffer.allocate(8), buffer -> buffer.putDouble(10 + 80 * n));
            }
        },
        DIFFUSION(Tag.MR_DIFFUSION_SEQUENCE, "Diffusion b-value") {
            @Override
            Element value(int n) {
                return number(Tag.DIFFUSION_B_VALUE, ByteBuffer.allocate(8), buffer -> buffer.putDouble(1000 * n));
            }
        },
        HEARTBEAT(Tag.CARDIAC_SYNCHRONIZATION_SEQUENCE, "Nominal Percentage of Cardiac Phase") {
            @Override
            Element value(int n) {
                return number(
                        Tag.NOMINAL_PERCENTAGE_OF_CARDIAC_PHASE,
                        ByteBuffer.allocate(8),
                        buffer -> buffer.putDouble(30 + 40 * n));
            }
        };

        private final Tag group;
        private final String told;

        FrameTrait(Tag group, String told) {
            this.group = group;
            this.told = told;
        }

        abstract Element value(int n);

        void put(DataSet groups, int n) {
            List<DataSet> items = groups.items(group);
            DataSet item = items.isEmpty() ? new DataSet() : items.get(0);
            groups.put(group, item.put(value(n)));
        }

        private static Element text(Tag tag, String value) {
            return new DataSet().put(tag, value).element(tag.number()).orElseThrow();
        }

        private static Element number(Tag tag, ByteBuffer buffer, Consumer<ByteBuffer> value) {
            value.accept(buffer.order(ByteOrder.LITTLE_ENDIAN));
            return new Element.Bytes(tag.number(), tag.vr(), buffer.array(), ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void assertRefused(String told) {
        JobException refusal = catchThrowableOfType(JobException.class, this::read);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(FailureCode.DICOM_ACQUISITIONS_MIXED);
        assertThat(refusal).hasMessageContaining(told);
    }

    private DicomSeries read() {
        return reader.read(folder, Optional.empty());
    }
}
