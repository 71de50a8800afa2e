package io.deformux.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesStoreTest {
    @TempDir
    private Path folder;

    private SeriesStore store;

    @BeforeEach
    void open() throws IOException {
        store = SeriesStore.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aSeriesThatIsQuietBecomesWholeAndOthersGoOn() throws IOException {
        keep("1.2.1", "1.2.1.1");
        assertThat(store.settle(Instant.now().minusSeconds(60), 0)).isZero();
        assertThat(store.after(0)).isEmpty();

        assertThat(store.settle(later(), 0)).isEqualTo(1);

        List<SeriesStore.Whole> whole = store.after(0);
        assertThat(whole).extracting(SeriesStore.Whole::number).containsExactly(1L);
        assertThat(SeriesStore.instances(whole.get(0))).hasSize(1);
        assertThat(store.after(1)).isEmpty();
    }

    @Test
    void whatComesLaterMakesAnotherSeriesWithWhatThereWas() throws IOException {
        keep("1.2.1", "1.2.1.1");
        store.settle(later(), 0);
        keep("1.2.1", "1.2.1.2");
        keep("1.2.2", "1.2.2.1");
        store.settle(later(), 0);

        List<SeriesStore.Whole> whole = store.after(0);

        assertThat(whole).extracting(SeriesStore.Whole::number).containsExactly(1L, 2L, 3L);
        assertThat(SeriesStore.instances(whole.get(0))).hasSize(1);
        assertThat(whole.subList(1, 3).stream()
                        .filter(one -> one.series().equals(whole.get(0).series()))
                        .map(SeriesStoreTest::instances))
                .containsExactly(2);
    }

    @Test
    void aSeriesIsHeldByTheAssociationsThatHaveBroughtSomeOfIt() throws IOException {
        Instant soon = Instant.now().plusSeconds(60);
        try (SeriesHolds.Hold one = store.hold()) {
            store.keep(store.arriving(), "1.2.1", "1.2.1.1", one);
            store.keep(store.arriving(), "1.2.1", "1.2.1.2", one);
            keep("1.2.2", "1.2.2.1");
            try (SeriesHolds.Hold other = store.hold()) {
                store.keep(store.arriving(), "1.2.1", "1.2.1.3", other);
            }

            assertThat(store.settle(soon, 0)).as("the other series").isEqualTo(1);
        }
        assertThat(store.settle(soon, 0)).isEqualTo(1);
        assertThat(store.after(1)).extracting(SeriesStoreTest::instances).containsExactly(3);
    }

    @Test
    void anAssociationThatIsOpenForDaysHoldsNoSeriesForThatLong() throws IOException {
        try (SeriesHolds.Hold hold = store.hold()) {
            store.keep(store.arriving(), "1.2.1", "1.2.1.1", hold);

            assertThat(store.settle(Instant.now().plus(Duration.ofMinutes(9)), 0))
                    .isZero();
            assertThat(store.settle(Instant.now().plus(Duration.ofMinutes(11)), 0))
                    .isEqualTo(1);
        }
    }

    @Test
    void besidesASeriesAreTheNewestOfTheOthersBeforeIt() throws IOException {
        keep("1.2.1", "1.2.1.1");
        store.settle(later(), 0);
        keep("1.2.1", "1.2.1.2");
        store.settle(later(), 0);
        keep("1.2.2", "1.2.2.1");
        store.settle(later(), 0);
        keep("1.2.3", "1.2.3.1");
        store.settle(later(), 0);
        List<SeriesStore.Whole> all = store.after(0);

        assertThat(store.besides(all.get(2))).containsExactly(all.get(1));
        assertThat(store.besides(all.get(1))).isEmpty();
        assertThat(store.besides(all.get(3))).containsExactly(all.get(1), all.get(2));
    }

    @Test
    void aRestartFindsWhatWasBegunButNotWhatWasArriving() throws IOException {
        keep("1.2.1", "1.2.1.1");
        Path half = store.arriving();
        store.close();

        store = SeriesStore.open(folder);

        assertThat(half).doesNotExist();
        store.settle(later(), 41);
        assertThat(store.after(41)).extracting(SeriesStore.Whole::number).containsExactly(42L);
    }

    @Test
    void anInstanceThatComesTwiceIsThereOnce() throws IOException {
        keep("1.2.1", "1.2.1.1");
        keep("1.2.1", "1.2.1.1");
        store.settle(later(), 0);

        assertThat(store.after(0)).extracting(SeriesStoreTest::instances).containsExactly(1);
    }

    @Test
    void aFolderIsOfOneNode() {
        assertThatIOException().isThrownBy(() -> SeriesStore.open(folder)).withMessageContaining("another node");
    }

    @Test
    void seriesAreForgottenWhenTheyAreOldAndAnnounced() throws IOException {
        keep("1.2.1", "1.2.1.1");
        keep("1.2.2", "1.2.2.1");
        store.settle(later(), 0);

        store.forget(later(), 1);

        assertThat(store.after(0)).extracting(SeriesStore.Whole::number).containsExactly(2L);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".dcm"))).hasSize(1);
        }
    }

    @Test
    void noNameIsOfWhatCame() throws IOException {
        keep("1.2.840.77", "1.2.840.77.1");
        store.settle(later(), 0);

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files)
                    .noneMatch(file -> folder.relativize(file).toString().contains("840"));
        }
    }

    private static int instances(SeriesStore.Whole whole) {
        try {
            return SeriesStore.instances(whole).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String series, String instance) throws IOException {
        try (SeriesHolds.Hold hold = store.hold()) {
            store.keep(store.arriving(), series, instance, hold);
        }
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }
}
