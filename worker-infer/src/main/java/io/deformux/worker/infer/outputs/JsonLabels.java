package io.deformux.worker.infer.outputs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.nifti.LabelTable.Label;
import java.util.List;

/** JSON, as the contract's {@code labels.v1.json} says. */
final class JsonLabels implements LabelList {
    @Override
    public String text(List<Label> labels) {
        ObjectNode file = JsonNodeFactory.instance.objectNode().put("formatVersion", 1);
        ArrayNode all = file.putArray("labels");
        labels.forEach(label -> all.addObject()
                .put("value", label.value())
                .put("name", label.name())
                .put("colour", label.hex()));
        return file.toPrettyString() + "\n";
    }
}
