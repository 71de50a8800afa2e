package io.deformux.metaimage;

import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volumefile.ScanSize;
import io.deformux.volumefile.StoredVoxels;
import io.deformux.volumefile.TextHeader;
import io.deformux.volumefile.VoxelType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What a MetaImage header means, checked. Keys and their meaning are those of MetaIO (itk.org/Wiki/MetaIO/Documentation);
 * as ITK reads them, positions are LPS+ mm, each run of three values of TransformMatrix is the direction of one axis, and
 * AnatomicalOrientation is a remark.
 *
 * @param geometry the grid, RAS+ mm
 * @param stored the voxels as they are stored
 * @param compressed whether they are a zlib stream
 * @param dataFile the name of the file that holds them; empty: they follow the header
 */
record MetaImageHeader(Geometry geometry, StoredVoxels stored, boolean compressed, Optional<String> dataFile) {
    private static final String LAST_KEY = "ElementDataFile";

    /** MET_LONG is left out: it has four bytes or eight, as the writer's machine had. */
    private static final Map<String, VoxelType> TYPES = Map.of(
            "MET_CHAR", VoxelType.INT8,
            "MET_UCHAR", VoxelType.UINT8,
            "MET_SHORT", VoxelType.INT16,
            "MET_USHORT", VoxelType.UINT16,
            "MET_INT", VoxelType.INT32,
            "MET_UINT", VoxelType.UINT32,
            "MET_LONG_LONG", VoxelType.INT64,
            "MET_ULONG_LONG", VoxelType.UINT64,
            "MET_FLOAT", VoxelType.FLOAT32,
            "MET_DOUBLE", VoxelType.FLOAT64);

    /** Reads a header; the stream stands behind it then. */
    static MetaImageHeader read(InputStream in, long maxVoxels) throws IOException {
        TextHeader fields = new TextHeader("MetaImage");
        while (fields.text(LAST_KEY).isEmpty()) {
            String line = TextHeader.line(in);
            int equals = line.indexOf('=');
            if (equals < 0 && !line.isEmpty()) {
                throw fields.invalid("a line of it is no field");
            }
            if (equals >= 0) {
                fields.put(line.substring(0, equals).strip(), line.substring(equals + 1));
            }
        }
        return of(fields, maxVoxels);
    }

    private static MetaImageHeader of(TextHeader fields, long maxVoxels) {
        fields.requireOneOf("ObjectType", "Image");
        fields.required("NDims");
        fields.requireOneOf("NDims", "3");
        fields.required("BinaryData");
        fields.requireOneOf("BinaryData", "True");
        fields.requireOneOf("ElementNumberOfChannels", "1");
        fields.requireOneOf("HeaderSize", "0");
        fields.requireOneOf("DistanceUnits", "mm");
        fields.requireOneOf("ElementToIntensityFunctionSlope", "1");
        fields.requireOneOf("ElementToIntensityFunctionOffset", "0");
        for (double value : numbers(fields, 3, "0 0 0", "CenterOfRotation")) {
            if (value != 0) {
                throw fields.invalid("CenterOfRotation is not 0 0 0");
            }
        }
        long[] sizes = fields.sizes("DimSize", 3);
        Shape3 shape = StoredVoxels.shape(maxVoxels, sizes[0], sizes[1], sizes[2]);
        VoxelType type = TYPES.get(fields.required("ElementType"));
        if (type == null) {
            throw fields.invalid("its ElementType is not read");
        }
        boolean bigEndian = isTrue(fields, "BinaryDataByteOrderMSB", "ElementByteOrderMSB");
        Geometry geometry = new Geometry(shape, affine(fields));
        if (fields.text("DistanceUnits").isEmpty()) {
            ScanSize.doubt(geometry).ifPresent(doubt -> {
                throw fields.invalid(
                        doubt + "; bring ElementSpacing and Offset to millimetres and set DistanceUnits = mm");
            });
        }
        return new MetaImageHeader(
                geometry,
                new StoredVoxels(shape, type, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN),
                isTrue(fields, "CompressedData"),
                dataFile(fields));
    }

    private static Affine affine(TextHeader fields) {
        double[] direction = numbers(fields, 9, "1 0 0 0 1 0 0 0 1", "TransformMatrix", "Rotation", "Orientation");
        double[] offset = numbers(fields, 3, "0 0 0", "Offset", "Position", "Origin");
        String spacingText = fields.first("ElementSpacing", "ElementSize")
                .orElseThrow(() -> fields.invalid("ElementSpacing is missing"));
        double[] spacing = fields.numbers("ElementSpacing", spacingText, 3);
        double[] rows = new double[12];
        for (int row = 0; row < 3; row++) {
            int sign = row < 2 ? -1 : 1;
            for (int axis = 0; axis < 3; axis++) {
                rows[4 * row + axis] = sign * direction[3 * axis + row] * spacing[axis];
            }
            rows[4 * row + 3] = sign * offset[row];
        }
        return Affine.of(rows);
    }

    private static double[] numbers(TextHeader fields, int count, String absent, String... names) {
        return fields.numbers(names[0], fields.first(names).orElse(absent), count);
    }

    private static boolean isTrue(TextHeader fields, String... names) {
        for (String name : names) {
            fields.requireOneOf(name, "True", "False");
        }
        return fields.first(names).filter("True"::equalsIgnoreCase).isPresent();
    }

    private static Optional<String> dataFile(TextHeader fields) {
        String name = fields.required(LAST_KEY);
        if (name.equalsIgnoreCase("LIST") || name.contains("%")) {
            throw fields.invalid("the voxels lie in several files");
        }
        return name.equalsIgnoreCase("LOCAL") ? Optional.empty() : Optional.of(name);
    }
}
