package io.deformux.network.checkpoint;

/** The formats that are read. */
public enum CheckpointFormat {
    /** {@code torch.save} since PyTorch 1.6. */
    PYTORCH_ZIP("pytorch-zip"),
    /** {@code torch.save} before PyTorch 1.6. */
    PYTORCH_LEGACY("pytorch-legacy"),
    /** {@code torch.jit.save}, and the weights of a model package. */
    TORCHSCRIPT("torchscript"),
    /** The format of the safetensors library. */
    SAFETENSORS("safetensors");

    private final String text;

    CheckpointFormat(String text) {
        this.text = text;
    }

    /** Its name in a model's provenance. */
    public String text() {
        return text;
    }
}
