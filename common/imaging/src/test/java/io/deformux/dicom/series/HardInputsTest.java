package io.deformux.dicom.series;

import static io.deformux.dicom.series.SyntheticSeries.images;
import static io.deformux.dicom.series.SyntheticSeries.volume;
import static io.deformux.dicom.series.SyntheticSeries.write;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.folder.DicomLimits;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kinds of series that other software was reported to read wrongly, each bent in one way. */
class HardInputsTest {
    private static final int SLICES = 5;

    private final DicomSeriesReader reader = new DicomSeriesReader(DicomLimits.defaults());
    private final Volume written = volume(6, 5, SLICES);

    @TempDir
    Path folder;

    /** What changes nothing of the volume. */
    enum Harmless {
        PLANAR_CONFIGURATION {
            @Override
            void bend(DataSet image, int k) {
                image.put(number(0x00280006, Vr.US, 0));
            }
        },
        DARK_IS_HIGH {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");
            }
        },
        FEET_FIRST_PRONE {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.PATIENT_POSITION, "FFP");
            }
        },
        HEAD_FIRST_ON_THE_SIDE {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.PATIENT_POSITION, "HFDL");
            }
        },
        NEGATIVE_ZEROS {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.IMAGE_ORIENTATION_PATIENT, "1\\-0.0\\-0\\-0.000\\1\\-0");
            }
        },
        ONE_INSTANCE_NUMBER {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.INSTANCE_NUMBER, "1");
            }
        },
        INSTANCE_NUMBERS_BACKWARDS {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.INSTANCE_NUMBER, Integer.toString(SLICES - k));
            }
        },
        NO_SPACING_BETWEEN_SLICES {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.SPACING_BETWEEN_SLICES, "0");
            }
        },
        NEGATIVE_SPACING_BETWEEN_SLICES {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.SPACING_BETWEEN_SLICES, "-2.5");
            }
        },
        UNKNOWN_CHARACTER_SET {
            @Override
            void bend(DataSet image, int k) {
                image.put(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 999");
            }
        },
        ICON_OF_ANOTHER_SIZE {
            @Override
            void bend(DataSet image, int k) {
                DataSet icon =
                        new DataSet().put(Tag.ROWS, 2).put(Tag.COLUMNS, 2).put(Tag.BITS_ALLOCATED, 8);
                image.put(new Element.Items(0x00880200, List.of(icon)));
            }
        },
        GROUP_LENGTHS_OF_ANOTHER_TIME {
            @Override
            void bend(DataSet image, int k) {
                image.put(number(0x00080000, Vr.UL, 7)).put(number(0x00280000, Vr.UL, 99_999));
            }
        },
        TRAILING_PADDING {
            @Override
            void bend(DataSet image, int k) {
                image.put(new Element.Bytes(0xfffcfffc, Vr.OB, new byte[64], ByteOrder.LITTLE_ENDIAN));
            }
        };

        abstract void bend(DataSet image, int k);
    }

    /** What leaves no volume that is plainly there. */
    enum Hopeless {
        SLOPE_0(FailureCode.DICOM_ATTRIBUTE_INVALID, "Rescale Slope") {
            @Override
            void bend(DataSet image) {
                image.put(Tag.RESCALE_SLOPE, "0");
            }
        },
        PALETTE(FailureCode.DICOM_ATTRIBUTE_INVALID, "Photometric Interpretation") {
            @Override
            void bend(DataSet image) {
                image.put(Tag.PHOTOMETRIC_INTERPRETATION, "PALETTE COLOR");
            }
        },
        FLOAT_PIXELS(FailureCode.DICOM_ATTRIBUTE_INVALID, "Bits Allocated (0028,0100) is 32") {
            @Override
            void bend(DataSet image) {
                image.put(Tag.BITS_ALLOCATED, 32).put(Tag.BITS_STORED, 32).put(Tag.HIGH_BIT, 31);
            }
        },
        SPACING_AT_THE_DETECTOR(FailureCode.DICOM_ATTRIBUTE_MISSING, "Pixel Spacing") {
            @Override
            void bend(DataSet image) {
                image.put(Tag.PIXEL_SPACING, "").put(text(0x00181164, "0.9\\0.7 "));
            }
        },
        LOCATION_WITHOUT_POSITION(FailureCode.DICOM_ATTRIBUTE_MISSING, "Image Position (Patient)") {
            @Override
            void bend(DataSet image) {
                image.put(Tag.IMAGE_POSITION_PATIENT, "").put(text(0x00201041, "12"));
            }
        };

        private final FailureCode code;
        private final String words;

        Hopeless(FailureCode code, String words) {
            this.code = code;
            this.words = words;
        }

        abstract void bend(DataSet image);
    }

    @ParameterizedTest
    @EnumSource
    void theVolumeIsTheSame(Harmless kind) {
        List<DataSet> images = images(written);
        for (int k = 0; k < SLICES; k++) {
            kind.bend(images.get(k), k);
        }
        write(folder, images);

        DicomSeries series = read();

        assertThatArray(series.volume().voxels()).isEqualTo(written.voxels());
        assertThat(series.passedOver()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theRefusalNamesWhatIsTheMatter(Hopeless kind) {
        List<DataSet> images = images(written);
        images.forEach(kind::bend);
        write(folder, images);

        JobException refusal = catchThrowableOfType(JobException.class, this::read);

        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(kind.code);
        assertThat(refusal).hasMessageContaining(kind.words);
    }

    @Test
    void eachSliceHasAScaleOfItsOwn() {
        List<DataSet> images = images(written);
        float[] expected = written.voxels().clone();
        for (int k = 0; k < SLICES; k++) {
            double slope = images.get(k).decimals(Tag.RESCALE_SLOPE, 1)[0];
            double intercept = images.get(k).decimals(Tag.RESCALE_INTERCEPT, 1)[0];
            images.get(k)
                    .put(Tag.RESCALE_SLOPE, Double.toString(slope * (k + 1)))
                    .put(Tag.RESCALE_INTERCEPT, Double.toString(intercept * (k + 1)));
            for (int n = k; n < expected.length; n += SLICES) {
                expected[n] *= k + 1;
            }
        }
        write(folder, images);

        assertThatArray(read().volume().voxels()).isEqualTo(expected);
    }

    private static Element number(int tag, Vr vr, int value) {
        ByteBuffer bytes = ByteBuffer.allocate(vr.unit()).order(ByteOrder.LITTLE_ENDIAN);
        if (vr == Vr.US) {
            bytes.putShort((short) value);
        } else {
            bytes.putInt(value);
        }
        return new Element.Bytes(tag, vr, bytes.array(), ByteOrder.LITTLE_ENDIAN);
    }

    private static Element text(int tag, String value) {
        return new Element.Bytes(tag, Vr.DS, value.getBytes(StandardCharsets.US_ASCII), ByteOrder.LITTLE_ENDIAN);
    }

    private DicomSeries read() {
        return reader.read(folder, Optional.empty());
    }
}
