"""Which partitions a case's script adds, written to the same file."""
from confluent_kafka import record


class NewPartitions:
    def __init__(self, topic, new_total_count):
        self.topic = topic
        self.count = new_total_count


class _Done:
    def result(self):
        return None


class AdminClient:
    def __init__(self, config):
        pass

    def create_partitions(self, wanted):
        for each in wanted:
            record(topic=each.topic, partitions=each.count)
        return {each.topic: _Done() for each in wanted}
