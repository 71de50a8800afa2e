package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volumefile.VoxelType;

/** The stored types that a scan may have, with their {@code datatype} codes ({@code nifti1.h}). */
enum NiftiType {
    UINT8(2, VoxelType.UINT8),
    INT16(4, VoxelType.INT16),
    INT32(8, VoxelType.INT32),
    FLOAT32(16, VoxelType.FLOAT32),
    FLOAT64(64, VoxelType.FLOAT64),
    INT8(256, VoxelType.INT8),
    UINT16(512, VoxelType.UINT16),
    UINT32(768, VoxelType.UINT32),
    INT64(1024, VoxelType.INT64),
    UINT64(1280, VoxelType.UINT64);

    private final int code;
    private final VoxelType voxels;

    NiftiType(int code, VoxelType voxels) {
        this.code = code;
        this.voxels = voxels;
    }

    /** The type of that code. */
    static NiftiType of(int code) {
        for (NiftiType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        String name =
                switch (code) {
                    case 1 -> "binary";
                    case 32 -> "complex64";
                    case 128 -> "rgb24";
                    case 1536 -> "float128";
                    case 1792 -> "complex128";
                    case 2048 -> "complex256";
                    case 2304 -> "rgba32";
                    default -> "unknown, code " + code;
                };
        throw new JobException(
                FailureCode.NIFTI_HEADER_INVALID,
                "voxels of type " + name + " cannot be read: convert the scan to int16 or float32");
    }

    int code() {
        return code;
    }

    int bytes() {
        return voxels.bytes();
    }

    /** How a voxel of it is stored. */
    VoxelType voxels() {
        return voxels;
    }
}
