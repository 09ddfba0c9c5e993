"""Writes the fine-tuned encoder as ONNX with whole-number weights; needs PyTorch and onnx, from the extra `train`."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from models.training.encoder import Labeller


def as_onnx(model: Labeller) -> bytes:
    """Return the model, ``ids`` and ``present`` in and ``scores`` out, with weights of 8 bits a channel."""
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "rows", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        whole, ready, small = (Path(folder) / name for name in ("whole.onnx", "ready.onnx", "small.onnx"))
        torch.onnx.export(
            model.eval(),
            (ids, ids > 0),
            str(whole),
            input_names=["ids", "present"],
            output_names=["scores"],
            dynamic_axes={"ids": axes, "present": axes, "scores": axes},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(small), per_channel=True, weight_type=QuantType.QInt8)
        return small.read_bytes()
