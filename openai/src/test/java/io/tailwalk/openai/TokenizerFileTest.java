package io.tailwalk.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of tokens by their texts in the file, computed by hand. */
class TokenizerFileTest {
  @TempDir Path folder;

  private TokenizerFile read(String json) throws IOException {
    return TokenizerFile.read(Files.writeString(folder.resolve("tokenizer.json"), json));
  }

  private static String text(TokenizerFile file, int id) {
    return new String(file.bytes()[id], StandardCharsets.UTF_8);
  }

  @Test
  void read_byteLevel_tokensAreBytes() throws IOException {
    TokenizerFile file =
        read(
            """
            {"model": {"type": "BPE", "vocab": {"a": 0, "\u0120the": 1, "\u00f0\u0141": 2, "\u010a": 3, "\u00ad": 5}},
             "decoder": {"type": "Sequence", "decoders": [{"type": "ByteLevel"}]},
             "added_tokens": [{"id": 4, "content": "<|end|>", "special": true},
                              {"id": 6, "content": "<tool>", "special": false}]}
            """);
    assertThat(text(file, 0)).isEqualTo("a");
    assertThat(text(file, 1)).isEqualTo(" the");
    assertThat(file.bytes()[2]).containsExactly(0xF0, 0x9F);
    assertThat(text(file, 3)).isEqualTo("\n");
    assertThat(file.bytes()[4]).isEmpty();
    // A character outside the alphabet stands for itself.
    assertThat(text(file, 5)).isEqualTo("\u00ad");
    assertThat(text(file, 6)).isEqualTo("<tool>");
    assertThat(file.controls()).containsExactly("<|end|>");
  }

  @Test
  void read_sentencePiece_blanksAndBytesAreRead() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [2, 5]}");
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"eos_token\": {\"content\": \"</s>\"}}");
    TokenizerFile file =
        read(
            """
            {"model": {"type": "Unigram", "vocab": [["<unk>", 0], ["\u2581the", -1], ["</s>", 0], ["<0x0A>", -2],
                                                     ["\u2581\u2581", -3], ["x", -4]]},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace"}, {"type": "ByteFallback"}]},
             "added_tokens": [{"id": 2, "content": "</s>", "special": true}]}
            """);
    assertThat(text(file, 1)).isEqualTo(" the");
    assertThat(text(file, 3)).isEqualTo("\n");
    assertThat(text(file, 4)).isEqualTo("  ");
    assertThat(file.bytes()[2]).isEmpty();
    assertThat(file.ends()).containsExactly(2, 5);
  }

  @Test
  void read_words_haveABlankInFront() throws IOException {
    TokenizerFile file =
        read(
            """
            {"model": {"type": "WordLevel", "vocab": {"1": 0, "12": 1}}, "decoder": null,
             "pre_tokenizer": {"type": "WhitespaceSplit"}, "added_tokens": []}
            """);
    assertThat(text(file, 1)).isEqualTo(" 12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "{}",
        "[]",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}, \"decoder\": {\"type\": \"WordPiece\"}}",
        "{\"model\": {\"vocab\": {\"a\": -7}}, \"decoder\": {\"type\": \"ByteLevel\"}}",
        "{\"model\": {\"vocab\": {\"a\": 999999999}}, \"decoder\": {\"type\": \"ByteLevel\"}}",
        "{\"model\": {\"vocab\": \"a\"}, \"decoder\": {\"type\": \"ByteLevel\"}}"
      })
  void read_otherFile_isRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void read_noFile_isRefused() {
    assertThatThrownBy(() -> TokenizerFile.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot read");
  }
}
