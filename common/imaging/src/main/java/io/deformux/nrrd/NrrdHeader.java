package io.deformux.nrrd;

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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an NRRD header means, checked. Fields and their meaning are those of teem.sourceforge.net/nrrd/format.html.
 *
 * @param geometry the grid, RAS+ mm
 * @param stored the voxels as they are stored
 * @param gzip whether they are compressed
 * @param dataFile the name of the file that holds them; empty: they follow the header
 */
record NrrdHeader(Geometry geometry, StoredVoxels stored, boolean gzip, Optional<String> dataFile) {
    static final String MAGIC = "NRRD000";

    /** Section 5 "Basic fields", "type". */
    private static final Map<VoxelType, List<String>> TYPE_NAMES = Map.of(
            VoxelType.INT8, List.of("signed char", "int8", "int8_t"),
            VoxelType.UINT8, List.of("uchar", "unsigned char", "uint8", "uint8_t"),
            VoxelType.INT16, List.of("short", "short int", "signed short", "signed short int", "int16", "int16_t"),
            VoxelType.UINT16, List.of("ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
            VoxelType.INT32, List.of("int", "signed int", "int32", "int32_t"),
            VoxelType.UINT32, List.of("uint", "unsigned int", "uint32", "uint32_t"),
            VoxelType.INT64,
                    List.of(
                            "longlong",
                            "long long",
                            "long long int",
                            "signed long long",
                            "signed long long int",
                            "int64",
                            "int64_t"),
            VoxelType.UINT64,
                    List.of("ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
            VoxelType.FLOAT32, List.of("float"),
            VoxelType.FLOAT64, List.of("double"));

    /** The signs that bring x, y and z of a space to RAS+. */
    private static final Map<String, int[]> SPACES = Map.of(
            "right-anterior-superior", new int[] {1, 1, 1},
            "ras", new int[] {1, 1, 1},
            "left-anterior-superior", new int[] {-1, 1, 1},
            "las", new int[] {-1, 1, 1},
            "left-posterior-superior", new int[] {-1, -1, 1},
            "lps", new int[] {-1, -1, 1});

    /** Reads a header; the stream stands behind it then. */
    static NrrdHeader read(InputStream in, long maxVoxels) throws IOException {
        TextHeader fields = new TextHeader("NRRD");
        if (!TextHeader.line(in).startsWith(MAGIC)) {
            throw fields.invalid("it lacks its magic");
        }
        for (String line = TextHeader.line(in); !line.isEmpty(); line = TextHeader.line(in)) {
            int colon = line.indexOf(": ");
            boolean keyAndValue = line.contains(":=");
            if (line.startsWith("#") || keyAndValue && (colon < 0 || line.indexOf(":=") < colon)) {
                continue;
            }
            if (colon < 0) {
                throw fields.invalid("a line of it is no field");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            fields.put(name.equals("datafile") ? "data file" : name, line.substring(colon + 2));
            if (name.equals("data file") && line.contains("LIST")) {
                throw fields.invalid("the voxels lie in several files");
            }
        }
        return of(fields, maxVoxels);
    }

    private static NrrdHeader of(TextHeader fields, long maxVoxels) {
        fields.required("dimension");
        fields.requireOneOf("dimension", "3");
        fields.requireOneOf("line skip", "0");
        fields.requireOneOf("lineskip", "0");
        fields.requireOneOf("byte skip", "0");
        fields.requireOneOf("byteskip", "0");
        fields.required("encoding");
        fields.requireOneOf("encoding", "raw", "gzip", "gz");
        for (String kind : fields.text("kinds").orElse("domain").split("\\s+")) {
            if (!List.of("domain", "space").contains(kind)) {
                throw fields.invalid("an axis is no direction in space");
            }
        }
        boolean unitSaid = fields.text("space units").isPresent();
        if (unitSaid && !fields.required("space units").replace("\"mm\"", "").isBlank()) {
            throw fields.invalid("its space units are not \"mm\" \"mm\" \"mm\"");
        }
        long[] sizes = fields.sizes("sizes", 3);
        Shape3 shape = StoredVoxels.shape(maxVoxels, sizes[0], sizes[1], sizes[2]);
        VoxelType type = type(fields);
        Geometry geometry = new Geometry(shape, affine(fields));
        if (!unitSaid) {
            ScanSize.doubt(geometry).ifPresent(doubt -> {
                throw fields.invalid(doubt + "; bring space directions and origin to millimetres and add space units");
            });
        }
        return new NrrdHeader(
                geometry,
                new StoredVoxels(shape, type, order(fields, type)),
                !fields.required("encoding").equalsIgnoreCase("raw"),
                fields.text("data file"));
    }

    private static VoxelType type(TextHeader fields) {
        Map<String, VoxelType> types = new HashMap<>();
        TYPE_NAMES.forEach((type, names) -> names.forEach(name -> types.put(name, type)));
        VoxelType type = types.get(fields.required("type").toLowerCase(Locale.ROOT));
        if (type == null) {
            throw fields.invalid("its type is not read");
        }
        return type;
    }

    private static ByteOrder order(TextHeader fields, VoxelType type) {
        fields.requireOneOf("endian", "little", "big");
        if (type.bytes() > 1) {
            fields.required("endian");
        }
        return fields.text("endian").filter("big"::equalsIgnoreCase).isPresent()
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    private static Affine affine(TextHeader fields) {
        int[] signs = SPACES.get(fields.required("space").toLowerCase(Locale.ROOT));
        if (signs == null) {
            throw fields.invalid("its space is not RAS, LAS or LPS, so nothing says left from right");
        }
        double[] directions = fields.numbers("space directions", fields.required("space directions"), 9);
        double[] origin = fields.numbers("space origin", fields.required("space origin"), 3);
        double[] rows = new double[12];
        for (int row = 0; row < 3; row++) {
            for (int axis = 0; axis < 3; axis++) {
                rows[4 * row + axis] = signs[row] * directions[3 * axis + row];
            }
            rows[4 * row + 3] = signs[row] * origin[row];
        }
        return Affine.of(rows);
    }
}
