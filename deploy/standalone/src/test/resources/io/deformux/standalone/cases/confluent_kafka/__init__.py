"""What a case's script sends through confluent_kafka, written to the file RECORDED, a JSON object a line."""
import base64
import json
import os


def _text(value):
    if value is None:
        return None
    data = value if isinstance(value, bytes) else value.encode()
    return base64.b64encode(data).decode()


def record(**fields):
    with open(os.environ["RECORDED"], "a", encoding="ascii") as out:
        out.write(json.dumps(fields) + "\n")


class Producer:
    def __init__(self, config):
        pass

    def produce(self, topic, value=None, key=None, partition=None, headers=()):
        record(
            topic=topic,
            key=_text(key),
            value=_text(value),
            partition=partition,
            headers=[[name, _text(held)] for name, held in headers],
        )

    def flush(self, timeout=None):
        return 0
