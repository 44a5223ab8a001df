"""Writes the weights of a GGUF file in float32, as a Hugging Face folder and as a GGUF file; see bench/peers.

usage: weights.py MODEL.gguf FOLDER F32.gguf
"""

import os
import sys

import gguf
import torch
import transformers


def write_folder(file, folder):
    source, name = os.path.split(os.path.abspath(file))
    read = transformers.AutoModelForCausalLM.from_pretrained(source, gguf_file=name, dtype=torch.float32)
    entries = {key: value for key, value in read.config.to_dict().items() if key != "quantization_config"}
    # A model that was read from GGUF counts as quantised and cannot be saved; a new one with its numbers can.
    plain = type(read)(type(read.config).from_dict(entries)).float()
    plain.load_state_dict(read.state_dict())
    plain.save_pretrained(folder)
    transformers.AutoTokenizer.from_pretrained(source, gguf_file=name).save_pretrained(folder)


def write_gguf(file, out):
    read = gguf.GGUFReader(file)
    fields = {name: field for name, field in read.fields.items() if not name.startswith("GGUF.")}
    writer = gguf.GGUFWriter(out, fields.pop("general.architecture").contents())
    fields.pop("general.file_type", None)
    for name, field in fields.items():
        kind, *of = field.types
        writer.add_key_value(name, field.contents(), kind, of[-1] if of else None)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for tensor in read.tensors:
        numbers = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, numbers.astype("float32").reshape(tensor.shape[::-1]))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    write_folder(*sys.argv[1:3])
    write_gguf(sys.argv[1], sys.argv[3])
