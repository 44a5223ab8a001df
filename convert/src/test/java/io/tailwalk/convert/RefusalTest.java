package io.tailwalk.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder says and the converter does not understand is refused by name. */
class RefusalTest {
  @TempDir private Path folder;

  /** A model, a file of it, an entry, its new value, and part of the sentence. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          llama3 | config.json | architectures | ["MixtralForCausalLM"] | architecture "MixtralForCausalLM", which cannot be converted
          llama3 | config.json | architectures | [] | does not name one architecture
          llama3 | config.json | quantization_config | {"quant_method": "gptq"} | quantized by gptq
          llama3 | config.json | num_local_experts | 8 | unknown entry "num_local_experts" ("8")
          llama3 | config.json | hidden_act | "gelu" | hidden_act is gelu instead of silu
          llama3 | config.json | rope_parameters.rope_type | "longrope" | "longrope"
          llama3 | config.json | rope_parameters.rope_type | "dynamic" | "dynamic"
          llama3 | config.json | rope_parameters.new_factor | 2 | "rope_parameters.new_factor"
          llama3 | config.json | rope_parameters.factor | 0.5 | rope_parameters.factor is below 1
          llama3 | config.json | rope_parameters.factor | "8" | rope_parameters.factor is not a number
          llama3 | config.json | partial_rotary_factor | 0.5 | partial_rotary_factor is not 1
          llama3 | config.json | hidden_size | REMOVE | hidden_size is missing
          llama3 | config.json | hidden_size | 0 | hidden_size is 0
          llama3 | config.json | hidden_size | 64 | has the shape [408, 32], and config.json asks for [408, 64]
          llama3 | config.json | num_hidden_layers | 3 | lacks the tensor model.layers.2.input_layernorm.weight
          llama3 | config.json | num_hidden_layers | 1 | has the tensor "model.layers.1.
          llama3 | config.json | vocab_size | 100 | and the embedding has 100 rows
          smollm | config.json | attention_bias | false | .bias", which a LlamaForCausalLM
          smollm | config.json | num_key_value_heads | 3 | does not divide num_attention_heads
          qwen2 | config.json | rope_parameters.mscale | 2 | yarn with constants other than the default ones
          qwen2 | config.json | rope_parameters.rope_type | "llama3" | is llama3 in a Qwen2ForCausalLM
          qwen2 | config.json | layer_types | ["linear_attention", "full_attention"] | type other than full and sliding
          qwen2 | config.json | attention_bias | "yes" | neither true nor false
          smollm3 | config.json | no_rope_layers | [1, 1, 1, 1, 1] | no_rope_layers is not every fourth layer
          gemma | config.json | tie_word_embeddings | false | is false in a Gemma
          gemma | config.json | hidden_activation | "relu" | hidden_activation is relu
          gemma2 | config.json | query_pre_attn_scalar | 16 | is not 8, as llama.cpp assumes for 26 layers
          gemma2 | config.json | attn_logit_softcapping | null | is missing
          gemma3 | config.json | final_logit_softcapping | 30.0 | is set
          gemma3 | config.json | use_bidirectional_attention | true | use_bidirectional_attention is true
          gemma3 | config.json | rope_parameters.sliding_attention.rope_theta | 20000.0 | instead of 10000
          gemma3 | config.json | layer_types | ["full_attention"] | not the order of layers
          llama3 | tokenizer.json | model.type | "Unigram" | "Unigram", not BPE
          llama3 | tokenizer.json | model.dropout | 0.1 | model.dropout is set
          llama3 | tokenizer.json | normalizer | {"type": "Lowercase"} | normalizer is "{"type":"Lowercase"}"
          llama3 | tokenizer.json | pre_tokenizer | {"type": "Whitespace"} | not the one of GPT-2, Llama 3
          llama3 | tokenizer.json | post_processor | {"type": "BertProcessing"} | post_processor has
          llama3 | tokenizer.json | added_tokens.0.lstrip | true | lstrip is true for the added token "<|begin_of_text|>"
          llama3 | tokenizer.json | added_tokens.0.id | 5 | shares its text or its id with another
          smollm | tokenizer.json | model.ignore_merges | true | ignore_merges is true, and llama.cpp's is false
          smollm | tokenizer.json | model.vocab.! | REMOVE | lacks the byte 33
          llama2 | tokenizer.json | model.vocab.<0x41> | REMOVE | lacks a token such as <0x0A> for each byte
          llama2 | tokenizer.json | pre_tokenizer | {"type": "Whitespace"} | with byte_fallback
          llama2 | tokenizer.json | normalizer | {"type": "NFKC"} | normalizer has
          llama3 | tokenizer_config.json | eos_token | "<nothing>" | eos_token is "<nothing>", which is not a token
          """)
  void open_unknownEntry_isNamed(
      String model, String file, String entry, String value, String sentence) {
    Path checkpoint = Golden.folder(model, folder);
    Golden.set(checkpoint, file, entry, value);
    assertThatThrownBy(() -> Conversion.open(checkpoint).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(";")
        .hasMessageNotContaining("\n");
  }

  @Test
  void open_mergesOfAnotherTrainer_isRefused() {
    Path checkpoint = Golden.folder("llama2", folder);
    // Of all pairs that make a token, only the first stays: llama.cpp would join the others too.
    Golden.edit(
        checkpoint,
        "tokenizer.json",
        root -> {
          var merges = (tools.jackson.databind.node.ArrayNode) root.path("model").path("merges");
          var seen = new java.util.HashSet<String>();
          for (int i = 0; i < merges.size(); i++) {
            if (!seen.add(
                merges.get(i).get(0).stringValue() + merges.get(i).get(1).stringValue())) {
              merges.remove(i--);
            }
          }
        });
    assertThatThrownBy(() -> Conversion.open(checkpoint).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not those of a SentencePiece model");
  }

  @Test
  void open_llamaWithoutIgnoredMerges_hasItsOwnName() {
    Path checkpoint = Golden.folder("llama3", folder);
    Golden.set(checkpoint, "tokenizer.json", "model.ignore_merges", "false");
    Path out = folder.resolve("out.gguf");
    try (Conversion conversion = Conversion.open(checkpoint)) {
      conversion.write(out, NumberType.F32);
    }
    assertThat(GgufFile.read(out).string("tokenizer.ggml.pre")).contains("smaug-bpe");
  }

  @Test
  void open_harmlessEntries_areConverted() {
    Path checkpoint = Golden.folder("llama3", folder);
    Golden.set(checkpoint, "config.json", "use_cache", "true");
    Golden.set(checkpoint, "config.json", "new_feature", "false");
    Golden.set(checkpoint, "config.json", "new_settings", "{}");
    assertThatCode(() -> Conversion.open(checkpoint).close()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config.json | has no config.json
          tokenizer.json | has no tokenizer.json and no tokenizer.model
          model.safetensors | has no model.safetensors and no model.safetensors.index.json
          """)
  void open_missingFile_isNamed(String file, String sentence) throws IOException {
    Path checkpoint = Golden.folder("llama3", folder);
    Files.delete(checkpoint.resolve(file));
    assertThatThrownBy(() -> Conversion.open(checkpoint).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void open_pickledWeights_namesTheRemedy() throws IOException {
    Path checkpoint = Golden.folder("llama3", folder);
    Files.move(checkpoint.resolve("model.safetensors"), checkpoint.resolve("pytorch_model.bin"));
    assertThatThrownBy(() -> Conversion.open(checkpoint).close())
        .hasMessageContaining("Python pickle")
        .hasMessageContaining("save_pretrained");
  }

  @Test
  void open_indexWithAnotherPlace_isRefused() {
    Path checkpoint = Golden.folder("llama3", folder, Weights.Form.BF16, 2);
    Golden.edit(
        checkpoint,
        "model.safetensors.index.json",
        root ->
            ((tools.jackson.databind.node.ObjectNode) root.path("weight_map"))
                .put("model.norm.weight", "../model.safetensors"));
    assertThatThrownBy(() -> Conversion.open(checkpoint).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("not a file of this folder");
  }

  @Test
  void write_failingTensor_leavesNoFile() throws IOException {
    Path checkpoint = Golden.folder("llama3", folder);
    Path weights = checkpoint.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    // The last number of the last tensor becomes infinite.
    bytes[bytes.length - 1] = 0x7f;
    bytes[bytes.length - 2] = (byte) 0x80;
    bytes[bytes.length - 3] = 0;
    bytes[bytes.length - 4] = 0;
    Files.write(weights, bytes);
    Path out = folder.resolve("out.gguf");
    try (Conversion conversion = Conversion.open(checkpoint)) {
      assertThatThrownBy(() -> conversion.write(out, NumberType.F32))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not finite (Infinity");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(checkpoint);
    }
  }
}
