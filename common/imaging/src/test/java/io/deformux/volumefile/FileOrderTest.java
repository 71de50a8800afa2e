package io.deformux.volumefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.volume.Shape3;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileOrderTest {

    static Stream<Arguments> grids() {
        return Stream.of(
                Arguments.of(new Shape3(1, 1, 1), 1),
                Arguments.of(new Shape3(512, 512, 400), 2),
                Arguments.of(new Shape3(1500, 1500, 37), 4),
                Arguments.of(new Shape3(5000, 3001, 3), 8),
                Arguments.of(new Shape3(1 << 20, 5, 2), 8),
                Arguments.of(new Shape3(3, 4, 1 << 20), 8));
    }

    @ParameterizedTest
    @MethodSource("grids")
    void blocksAreSmallAndFollowEachOtherInTheFile(Shape3 shape, int bytes) throws IOException {
        FileOrder order = FileOrder.of(shape, bytes);
        long[] next = {0};

        order.forEach((k, planes, j, rows) -> {
            assertThat(((long) k * shape.h() + j) * shape.d()).isEqualTo(next[0]);
            assertThat(planes == 1 || rows == shape.h()).as("contiguous").isTrue();
            next[0] += (long) planes * rows * shape.d();
        });

        assertThat(next[0]).isEqualTo(shape.voxels());
        assertThat((long) order.blockVoxels() * bytes).isLessThanOrEqualTo(16 << 20);
    }
}
