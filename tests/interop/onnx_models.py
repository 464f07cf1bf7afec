"""Checks ONNX files with onnx.checker and runs them in onnxruntime: requests on stdin, answers on stdout."""

import json
import math
import sys

import numpy as np
import onnx
import onnxruntime

TYPES = {"float32": np.float32, "float64": np.float64, "string": object}


def tensor(feed: dict) -> np.ndarray:
    values = [math.nan if value is None else value for value in feed["values"]]
    return np.array(values, dtype=TYPES[feed["dtype"]]).reshape(-1, *feed.get("sizes", [feed.get("width", 1)]))


def cells(value: np.ndarray) -> list:
    """JSON has no NaN: a missing number is null."""
    return [None if isinstance(x, float) and math.isnan(x) else x for x in value.ravel().tolist()]


def answer(request: dict) -> dict:
    onnx.checker.check_model(onnx.load(request["path"]), full_check=True)
    session = onnxruntime.InferenceSession(request["path"], providers=["CPUExecutionProvider"])
    outputs = [output.name for output in session.get_outputs()]
    values = session.run(outputs, {name: tensor(feed) for name, feed in request["feeds"].items()})
    return {
        "outputs": {
            name: {"shape": list(value.shape), "values": cells(value)}
            for name, value in zip(outputs, values)
        },
        "inputs": {put.name: [put.type, put.shape] for put in session.get_inputs()},
        "metadata": session.get_modelmeta().custom_metadata_map,
    }


json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
