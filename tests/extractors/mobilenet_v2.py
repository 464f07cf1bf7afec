"""Writes static/extractors/mobilenet-v2-open-images.onnx from Google's detector in MediaPipe Objectron.

    npm pack @mediapipe/objectron@0.4.1675468480 && tar xzf mediapipe-objectron-*.tgz
    pip install onnx==1.23.2 tflite==2.18.0 ai-edge-litert==2.3.0 onnxruntime==1.30.0
    python mobilenet_v2.py package/objectron_solution_packed_assets.data mobilenet-v2-open-images.onnx

The detector is a TensorFlow Lite file: an SSD on a MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381). Its first
fifteen blocks become ONNX: convolutions with their folded batch normalizations, the cut at 6, and the sums of residuals, with
the weights in float16 as they are there. Any size of image goes in, since every layer is a convolution.

With a third argument it also runs both files on a drawn image and writes what LiteRT found, for the test beside our own
reader: `python mobilenet_v2.py ASSETS OUT.onnx mobilenet_v2.json`.
"""

import hashlib
import json
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tflite import ActivationFunctionType, BuiltinOperator, Conv2DOptions, DepthwiseConv2DOptions, Model, Padding, TensorType

SHA256 = "d0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6"
"""Of object_detection_ssd_mobilenetv2_oidv4_fp16.tflite, as MediaPipe's own build names it."""
START = 184
"""Bytes of the list of labels before it in the package's assets."""
SIDE = 300
"""Pixels of the side that the detector takes."""
LAST = "FeatureExtractor/MobilenetV2/expanded_conv_14/add"
"""The sum that ends the second block of 160 channels. Of few drawings a class, its means told kinds of things apart as well as
those of any later layer, and better than the 1,280 of the last one, which know the detector's own 23 kinds."""


def detector_in(assets: str) -> bytes:
    with open(assets, "rb") as file:
        detector = file.read()[START:]
    found = hashlib.sha256(detector).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{assets} holds another detector: its hash is {found}")
    return detector


class Conversion:
    def __init__(self, detector: bytes) -> None:
        self.model = Model.GetRootAs(detector, 0)
        self.graph = self.model.Subgraphs(0)
        self.halves: dict[int, np.ndarray] = {}
        """Weights in float16, by the tensor that has them in float32."""
        self.names = {self.graph.Inputs(0): "image"}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.makers = {
            operator.Outputs(0): operator
            for operator in (self.graph.Operators(i) for i in range(self.graph.OperatorsLength()))
        }
        self.last = next(tensor for tensor in self.makers if self.label(tensor) == LAST)

    def kind(self, operator) -> int:
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        return max(code.BuiltinCode(), code.DeprecatedBuiltinCode())

    def run(self) -> None:
        needed, found = [self.last], set()
        while needed:
            tensor = needed.pop()
            if tensor in self.makers and tensor not in found:
                found.add(tensor)
                needed += self.makers[tensor].InputsAsNumpy().tolist()
        # The file has its operators in an order in which each finds its inputs.
        for tensor, operator in self.makers.items():
            if tensor not in found:
                continue
            kind = self.kind(operator)
            if kind == BuiltinOperator.DEQUANTIZE:
                self.keep_weights(operator)
            elif kind in (BuiltinOperator.CONV_2D, BuiltinOperator.DEPTHWISE_CONV_2D):
                self.convolution(operator, is_depthwise=kind == BuiltinOperator.DEPTHWISE_CONV_2D)
            elif kind == BuiltinOperator.ADD:
                self.sum(operator)
            else:
                raise SystemExit(f"{self.label(tensor)} is made by an operator that no backbone has")

    def label(self, tensor: int) -> str:
        return self.graph.Tensors(tensor).Name().decode()

    def keep_weights(self, operator) -> None:
        tensor = self.graph.Tensors(operator.Inputs(0))
        if tensor.Type() != TensorType.FLOAT16:
            raise SystemExit("weights are not float16")
        data = self.model.Buffers(tensor.Buffer()).DataAsNumpy().tobytes()
        self.halves[operator.Outputs(0)] = np.frombuffer(data, np.float16).reshape(tensor.ShapeAsNumpy())

    def weights(self, tensor: int, name: str, order: tuple[int, ...] | None = None) -> str:
        halves = self.halves[tensor]
        kept = np.ascontiguousarray(halves if order is None else halves.transpose(order))
        self.constants[f"{name}_half"] = numpy_helper.from_array(kept, f"{name}_half")
        self.nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
        return name

    def convolution(self, operator, is_depthwise: bool) -> None:
        options = DepthwiseConv2DOptions() if is_depthwise else Conv2DOptions()
        table = operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        if options.Padding() != Padding.SAME or options.DilationHFactor() != 1 or options.DilationWFactor() != 1:
            raise SystemExit("a convolution of another kind")
        image, filters, bias = (operator.Inputs(i) for i in range(3))
        name = f"layer_{len(self.names)}"
        # TensorFlow Lite has [out, height, width, in], and of depthwise ones [1, height, width, channels].
        order = (3, 0, 1, 2) if is_depthwise else (0, 3, 1, 2)
        inputs = [self.names[image], self.weights(filters, f"{name}_filters", order), self.weights(bias, f"{name}_bias")]
        channels, _, height, width = self.constants[f"{name}_filters_half"].dims
        activation = options.FusedActivationFunction()
        is_cut = activation == ActivationFunctionType.RELU6
        if not is_cut and activation != ActivationFunctionType.NONE:
            raise SystemExit("an activation of another kind")
        made = f"{name}_sum" if is_cut else name
        self.nodes.append(
            helper.make_node(
                "Conv",
                inputs,
                [made],
                auto_pad="SAME_UPPER",
                group=channels if is_depthwise else 1,
                kernel_shape=[height, width],
                strides=[options.StrideH(), options.StrideW()],
            )
        )
        if is_cut:
            for bound, value in (("zero", 0), ("six", 6)):
                self.constants[bound] = numpy_helper.from_array(np.float32(value), bound)
            self.nodes.append(helper.make_node("Clip", [made, "zero", "six"], [name]))
        self.names[operator.Outputs(0)] = name

    def sum(self, operator) -> None:
        name = f"layer_{len(self.names)}"
        inputs = [self.names[operator.Inputs(i)] for i in range(2)]
        self.nodes.append(helper.make_node("Add", inputs, [name]))
        self.names[operator.Outputs(0)] = name

    def file(self) -> onnx.ModelProto:
        channels = int(self.graph.Tensors(self.last).ShapeAsNumpy()[3])
        self.nodes[-1].output[0] = "features"
        image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 3, "height", "width"])
        features = helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", channels, None, None])
        graph = helper.make_graph(self.nodes, "mobilenet_v2", [image], [features], list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        model.doc_string = (
            "MobileNetV2 of Google's detector object_detection_ssd_mobilenetv2_oidv4_fp16.tflite in MediaPipe Objectron, "
            "changed from TensorFlow Lite to ONNX: its first fifteen blocks, without its end and the heads that find boxes and name things."
        )
        helper.set_model_props(
            model,
            {
                # Names of ONNX's docs/MetadataProps.md.
                "model_author": "Google, by way of @mediapipe/objectron 0.4.1675468480",
                "model_license": "Apache License 2.0, http://www.apache.org/licenses/LICENSE-2.0",
                "Image.BitmapPixelFormat": "Rgb8",
                "Image.NominalPixelRange": "Normalized_1_1",
            },
        )
        onnx.checker.check_model(model, full_check=True)
        return model


def drawn_image(height: int, width: int) -> np.ndarray:
    """Waves of three lengths, a disc and a bar: levels from 0 to 255, [height, width, 3]; the test draws the same."""
    y, x = np.mgrid[0:height, 0:width]
    levels = np.stack([(x * (3 + c) + y * (5 - c) + (x * y) // (17 + c)) % 256 for c in range(3)], -1)
    levels[(y - height // 3) ** 2 + (x - width // 2) ** 2 < (height // 5) ** 2] = (220, 40, 30)
    levels[(2 * height) // 3 : (3 * height) // 4, width // 8 : width // 2] = (20, 60, 200)
    return levels.astype(np.uint8)


def compare(detector: bytes, last: int, onnx_path: str, path: str) -> None:
    import onnxruntime
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=detector, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    image = drawn_image(SIDE, SIDE)[None].astype(np.float32) / 127.5 - 1
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    wanted = interpreter.get_tensor(last)[0]
    session = onnxruntime.InferenceSession(onnx_path, providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"image": image.transpose(0, 3, 1, 2)})
    off = np.abs(found[0].transpose(1, 2, 0) - wanted).max()
    print(f"LiteRT and onnxruntime, {wanted.shape}: at most {off:.2e} apart, of values up to {wanted.max():.3f}")
    means = wanted.astype(np.float64).mean((0, 1))
    with open(path, "w") as file:
        json.dump({"side": SIDE, "means": [round(float(mean), 6) for mean in means]}, file)


def main() -> None:
    assets, out, *expected = sys.argv[1:]
    detector = detector_in(assets)
    conversion = Conversion(detector)
    conversion.run()
    onnx.save(conversion.file(), out)
    with open(out, "rb") as file:
        written = file.read()
    print(f"{out}: {len(written)} bytes, SHA-256 {hashlib.sha256(written).hexdigest()}")
    if expected:
        compare(detector, conversion.last, out, expected[0])


if __name__ == "__main__":
    main()
