"""Small networks for images in several versions of ONNX's operators, and the features that Python's onnxruntime reads.

Reads {"pixels": numbers 0 to 255, "shape": [images, height, width, 3]} from standard input. Writes a list of cases: the
file in base64, how images go in, and the features of each image, row-major.
"""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

given = json.load(sys.stdin)
images = np.array(given["pixels"], dtype=np.float32).reshape(given["shape"]) / np.float32(255)
draws = np.random.default_rng(5)

MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)
SCALINGS = {
    "unit": lambda x: x,
    "bytes": lambda x: x * np.float32(255),
    "symmetric": lambda x: x * np.float32(2) - np.float32(1),
    "imagenet": lambda x: (x - MEAN) / DEVIATION,
}


def weights(name, *shape, around=0.0):
    values = draws.normal(around, 0.4, size=shape).astype(np.float32)
    return numpy_helper.from_array(values, name)


def constant(name, values, dtype=np.int64):
    return numpy_helper.from_array(np.array(values, dtype=dtype), name)


def network(opset, nodes, initializers, shape=("N", 3, 16, 16), gives=("N", "D")):
    graph = helper.make_graph(
        [helper.make_node(kind, ins, outs, **attributes) for kind, ins, outs, attributes in nodes],
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, gives)],
        initializers,
    )
    imports = [helper.make_opsetid("", opset)]
    model = helper.make_model(graph, opset_imports=imports, ir_version=10 if opset > 20 else 7)
    onnx.checker.check_model(model)
    return model


def mobile():
    """As a network of depthwise convolutions was exported in 2018."""
    return network(
        7,
        [
            ("Pad", ["x"], ["padded"], {"pads": [0, 0, 1, 1, 0, 0, 1, 1], "value": 0.25}),
            ("Conv", ["padded", "w1"], ["c1"], {"strides": [2, 2]}),
            ("BatchNormalization", ["c1", "g", "b", "m", "v"], ["n1"], {"epsilon": 1e-3}),
            ("Clip", ["n1"], ["a1"], {"min": 0.0, "max": 6.0}),
            ("Conv", ["a1", "w2"], ["c2"], {"group": 8, "pads": [1, 1, 1, 1]}),
            ("Clip", ["c2"], ["a2"], {"max": 1.0}),
            ("Conv", ["a2", "w3"], ["c3"], {}),
            ("AveragePool", ["c3"], ["p"], {"kernel_shape": [8, 8]}),
            ("Reshape", ["p", "flat"], ["r"], {}),
            ("Dropout", ["r"], ["d"], {"ratio": 0.5}),
            ("Gemm", ["d", "w4", "b4"], ["y"], {"transB": 1}),
        ],
        [
            weights("w1", 8, 3, 3, 3),
            weights("g", 8, around=1.0),
            weights("b", 8),
            weights("m", 8),
            numpy_helper.from_array(draws.uniform(0.5, 2, size=8).astype(np.float32), "v"),
            weights("w2", 8, 1, 3, 3),
            weights("w3", 12, 8, 1, 1),
            constant("flat", [-1, 12]),
            weights("w4", 4, 12),
            weights("b4", 4),
        ],
    )


def channels_last():
    """As Keras's networks are exported: channels last outside, first inside."""
    return network(
        9,
        [
            ("Transpose", ["x"], ["t"], {"perm": [0, 3, 1, 2]}),
            ("Conv", ["t", "w1"], ["c"], {"pads": [1, 1, 1, 1], "strides": [2, 2]}),
            ("LeakyRelu", ["c"], ["a"], {"alpha": 0.1}),
            ("MaxPool", ["a"], ["q"], {"kernel_shape": [2, 2], "strides": [2, 2]}),
            ("ReduceMean", ["q"], ["m"], {"axes": [2, 3], "keepdims": 1}),
            ("Squeeze", ["m"], ["s"], {"axes": [2, 3]}),
            ("MatMul", ["s", "w2"], ["z"], {}),
            ("Add", ["z", "b2"], ["o"], {}),
            ("Softmax", ["o"], ["y"], {"axis": 1}),
        ],
        [weights("w1", 7, 3, 3, 3), weights("w2", 7, 3), weights("b2", 3)],
        ("N", "H", "W", 3),
    )


def shuffled():
    """Channels in two halves, and a flattening by the shape of what is there."""
    return network(
        11,
        [
            ("Constant", [], ["low"], {"value": constant("", 0.0, np.float32)}),
            ("Conv", ["x", "w1"], ["c"], {"strides": [2, 2], "pads": [1, 1, 1, 1]}),
            ("Clip", ["c", "low"], ["a"], {}),
            ("Split", ["a"], ["left", "right"], {"axis": 1, "split": [2, 4]}),
            ("Conv", ["right", "w2"], ["r"], {}),
            ("Concat", ["r", "left"], ["both"], {"axis": 1}),
            ("Split", ["both"], ["one", "two"], {"axis": 1}),
            ("Sum", ["one", "two"], ["s"], {}),
            ("GlobalAveragePool", ["s"], ["p"], {}),
            ("Shape", ["p"], ["sizes"], {}),
            ("Gather", ["sizes", "first"], ["n"], {"axis": 0}),
            ("Unsqueeze", ["n"], ["n1"], {"axes": [0]}),
            ("Concat", ["n1", "rest"], ["shape"], {"axis": 0}),
            ("Reshape", ["p", "shape"], ["f"], {}),
            ("Gemm", ["f", "w3"], ["y"], {"alpha": 0.5}),
        ],
        [
            weights("w1", 6, 3, 3, 3),
            weights("w2", 4, 4, 1, 1),
            constant("first", 0),
            constant("rest", [-1]),
            weights("w3", 3, 5),
        ],
    )


def for_one():
    """Exported for one image at a time, with a gate over the channels."""
    return network(
        13,
        [
            ("Conv", ["x", "w1"], ["c"], {"strides": [2, 2]}),
            ("HardSigmoid", ["c"], ["h"], {"alpha": 1 / 6}),
            ("Mul", ["c", "h"], ["a"], {}),
            ("ReduceMean", ["a"], ["m"], {"axes": [2, 3], "keepdims": 1}),
            ("Conv", ["m", "w2"], ["g"], {}),
            ("Sigmoid", ["g"], ["e"], {}),
            ("Mul", ["a", "e"], ["s"], {}),
            ("GlobalAveragePool", ["s"], ["p"], {}),
            ("Reshape", ["p", "flat"], ["f"], {}),
            ("Gemm", ["f", "w3"], ["y"], {}),
        ],
        [
            weights("w1", 9, 3, 4, 4),
            weights("w2", 9, 9, 1, 1),
            constant("flat", [1, -1]),
            weights("w3", 9, 2),
        ],
        (1, 3, 16, 16),
    )


def patches():
    """Attention over patches of the image."""
    return network(
        18,
        [
            ("Conv", ["x", "w1"], ["c"], {"strides": [4, 4]}),
            ("Reshape", ["c", "tokens"], ["r"], {}),
            ("Transpose", ["r"], ["t"], {"perm": [0, 2, 1]}),
            ("LayerNormalization", ["t", "g", "b"], ["n"], {"axis": -1}),
            ("MatMul", ["n", "q"], ["queries"], {}),
            ("Transpose", ["n"], ["k"], {"perm": [0, 2, 1]}),
            ("MatMul", ["queries", "k"], ["scores"], {}),
            ("Softmax", ["scores"], ["shares"], {"axis": -1}),
            ("MatMul", ["shares", "n"], ["seen"], {}),
            ("Add", ["seen", "t"], ["sum"], {}),
            ("Gather", ["sum", "first"], ["class"], {"axis": 1}),
            ("Gemm", ["class", "w2"], ["y"], {}),
        ],
        [
            weights("w1", 10, 3, 4, 4),
            constant("tokens", [0, 10, -1]),
            weights("g", 10, around=1.0),
            weights("b", 10),
            weights("q", 10, 10),
            constant("first", 0),
            weights("w2", 10, 3),
        ],
    )


def newest():
    """In the operator set of our own graphs, without a head."""
    return network(
        21,
        [
            ("Conv", ["x", "w1"], ["c"], {"pads": [1, 1, 1, 1]}),
            ("Gelu", ["c"], ["a"], {"approximate": "tanh"}),
            ("ReduceMax", ["a", "places"], ["y"], {"keepdims": 0}),
        ],
        [weights("w1", 6, 3, 3, 3), constant("places", [2, 3])],
    )


def headless():
    """Its output still has places, of which the channels' means are taken."""
    return network(
        12,
        [
            ("Conv", ["x", "w1"], ["c"], {"strides": [3, 3]}),
            ("PRelu", ["c", "slope"], ["y"], {}),
        ],
        [weights("w1", 5, 3, 3, 3), weights("slope", 5, 1, 1)],
        gives=("N", 5, 5, 5),
    )


CASES = [
    ("mobile", mobile(), "r", "imagenet", "rgb", "average"),
    ("mobile, by name and as bytes", mobile(), "c3", "bytes", "bgr", "flatten"),
    ("channels last", channels_last(), "s", "symmetric", "rgb", "average"),
    ("shuffled", shuffled(), "f", "unit", "bgr", "average"),
    ("for one", for_one(), "f", "imagenet", "bgr", "average"),
    ("patches", patches(), "class", "symmetric", "rgb", "average"),
    ("newest", newest(), "y", "unit", "rgb", "average"),
    ("headless", headless(), "y", "imagenet", "rgb", "average"),
]


def features(model, layer, scaling, order, pool):
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    del watched.graph.output[:]
    watched.graph.output.append(helper.make_tensor_value_info(layer, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(watched.SerializeToString())
    pixels = SCALINGS[scaling](images)
    if order == "bgr":
        pixels = pixels[..., ::-1]
    first = session.get_inputs()[0].shape[1] == 3
    if first:
        pixels = pixels.transpose(0, 3, 1, 2)
    # One image at a time, as a network may want it.
    rows = [session.run([layer], {"x": np.ascontiguousarray(one[None])})[0] for one in pixels]
    found = np.concatenate(rows)
    if pool == "flatten":
        return found.reshape(len(found), -1)
    return found.reshape(*found.shape[:2], -1).mean(axis=2, dtype=np.float64)


print(
    json.dumps(
        [
            {
                "name": name,
                "file": base64.b64encode(model.SerializeToString()).decode(),
                "named": "by name" in name,
                "layer": layer,
                "settings": {"scaling": scaling, "order": order, "pool": pool},
                "features": features(model, layer, scaling, order, pool).ravel().tolist(),
            }
            for name, model, layer, scaling, order, pool in CASES
        ]
    )
)
