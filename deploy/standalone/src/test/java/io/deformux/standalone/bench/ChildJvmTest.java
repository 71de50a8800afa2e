package io.deformux.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured in processes of their own, which may end in any way: none ends the others, and none is left out in silence. */
class ChildJvmTest {

    /** A child that ends as it is told. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            switch (arguments[0]) {
                case "measure" ->
                    System.out.println(new ObjectMapper()
                            .writeValueAsString(Measured.of(List.of(new Figure("a part", "a number", 2.5, "x")))));
                case "be-killed" -> {
                    long self = ProcessHandle.current().pid();
                    new ProcessBuilder("kill", "-9", Long.toString(self))
                            .start()
                            .waitFor();
                }
                case "say-nothing" -> System.out.flush();
                default -> System.exit(Integer.parseInt(arguments[0]));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "be-killed, its process was killed",
        "3, Java's memory was full",
        "70, its process ended with code 70",
        "say-nothing, its process ended with code 0"
    })
    void aChildThatCannotMeasureIsARowThatSaysSo(String end, String reason) throws IOException, InterruptedException {
        Measured measured = new ChildJvm(Child.class).run("a part", end);
        assertThat(measured.figures()).isEmpty();
        assertThat(measured.missing()).singleElement().satisfies(none -> {
            assertThat(none.part()).isEqualTo("a part");
            assertThat(none.reason()).startsWith(reason);
        });
    }

    @Test
    void whatAChildHasMeasuredIsRead() throws IOException, InterruptedException {
        Measured measured = new ChildJvm(Child.class).run("a part", "measure");
        assertThat(measured.missing()).isEmpty();
        assertThat(measured.figures()).containsExactly(new Figure("a part", "a number", 2.5, "x"));
    }
}
