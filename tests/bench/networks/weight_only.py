#!/usr/bin/env python3
# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes <name>_w8.onnx beside <name>.onnx: the weights of its products as signed bytes with a scale for each
column, read through DequantizeLinear; everything else stays float.

usage: weight_only.py MODELS_DIR name …    needs numpy, onnx >= 1.12

Its entry in manifest.json names the float model as what peers run (`peer_model`): it is the same work to them, and
they have no faster form of it."""
import json
import os
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

MIN_WEIGHTS = 4096


def quantised(weights, columns_axis):
    """int8 weights and one scale a column."""
    scale = np.abs(weights).max(axis=1 - columns_axis) / 127
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    steps = weights / (scale[None, :] if columns_axis == 1 else scale[:, None])
    return np.clip(np.rint(steps), -127, 127).astype(np.int8), scale


def convert(model):
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    added, replaced = [], set()
    for node in graph.node:
        tensor = constants.get(node.input[1]) if node.op_type in ("MatMul", "Gemm") else None
        if tensor is None or len(tensor.dims) != 2 or tensor.dims[0] * tensor.dims[1] < MIN_WEIGHTS:
            continue
        transposed = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
        axis = 0 if transposed else 1
        name = f"{tensor.name}_{axis}"
        if name not in replaced:
            whole, scale = quantised(numpy_helper.to_array(tensor), axis)
            graph.initializer.append(numpy_helper.from_array(whole, f"{name}_q"))
            graph.initializer.append(numpy_helper.from_array(scale, f"{name}_s"))
            added.append(helper.make_node("DequantizeLinear", [f"{name}_q", f"{name}_s"], [name], axis=axis))
            replaced.add(name)
        node.input[1] = name
    # An embedding that is also the last product's weights stays as it is for the lookup.
    read = {name for node in graph.node for name in node.input}
    for tensor in constants.values():
        if tensor.name not in read:
            graph.initializer.remove(tensor)
    for node in reversed(added):
        graph.node.insert(0, node)
    return len(added)


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    path = os.path.join(folder, "manifest.json")
    with open(path, encoding="utf-8") as file:
        manifest = json.load(file)
    for name in names:
        model = onnx.load(os.path.join(folder, f"{name}.onnx"))
        count = convert(model)
        made = f"{name}_w8"
        onnx.save(model, os.path.join(folder, f"{made}.onnx"))
        manifest[made] = {**manifest[name], "peer_model": name}
        print(f"{made}: {count} products")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)


if __name__ == "__main__":
    main()
