package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicNamesTest {
    @Test
    void everyTopicOfTheContractIsNamedAndFoundAgain() throws IllegalAccessException {
        for (TopicNames names : List.of(new TopicNames("ward-7."), new TopicNames("deformux.test."))) {
            for (Field field : Topics.class.getFields()) {
                String topic = (String) field.get(null);
                String name = names.of(topic);
                assertThat(name).startsWith(names.prefix()).isNotEqualTo(topic);
                assertThat(names.contract(name)).isEqualTo(topic);
                assertThat(names.of(name)).as("named once").isEqualTo(name);
            }
        }
    }

    @Test
    void withoutAPrefixOfItsOwnNothingIsRenamed() {
        assertThat(TopicNames.CONTRACT.of(Topics.RETRY)).isEqualTo("deformux.retry");
        assertThat(TopicNames.CONTRACT.contract("deformux.retry")).isEqualTo("deformux.retry");
    }

    @Test
    void otherTopicsStayAsTheyAre() {
        TopicNames names = new TopicNames("ward-7.");
        assertThat(names.of("deformux-train-plan-by-training-repartition"))
                .isEqualTo("deformux-train-plan-by-training-repartition");
        assertThat(names.contract("ward-7.something")).isEqualTo("ward-7.something");
    }

    @Test
    void whatKafkaDoesNotTakeIsRefused() {
        Stream.of("", "a b", "ä.", "x".repeat(101))
                .forEach(prefix -> assertThatIllegalArgumentException().isThrownBy(() -> new TopicNames(prefix)));
    }
}
