package io.tailwalk.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.ModelException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's jinja2 prints, for templates of well-known models and for the language itself. */
class GoldenPromptsTest {
  static Stream<GoldenRow> prompts() {
    return GoldenRow.of("prompts.json");
  }

  static Stream<GoldenRow> sources() {
    return GoldenRow.of("jinja.json");
  }

  @Test
  void prompts_areOfMoreThanTwentyModels() {
    assertThat(prompts().map(GoldenRow::source).distinct()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(prompts().filter(row -> row.prompt().isPresent())).hasSizeGreaterThan(70);
    assertThat(sources().filter(row -> row.prompt().isPresent())).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource({"prompts", "sources"})
  void render_golden_isThatOfPython(GoldenRow row) {
    if (row.prompt().isPresent()) {
      assertThat(row.render().text()).isEqualTo(row.prompt().get());
    } else {
      assertThatThrownBy(row::render).isInstanceOf(ModelException.class);
    }
  }

  /** The published formats, typed from their documentation, for one turn of the user. */
  @ParameterizedTest
  @MethodSource("published")
  void render_oneTurn_isThePublishedFormat(String template, String expected) {
    GoldenRow row =
        prompts().filter(each -> each.name().equals(template + ", user")).findFirst().orElseThrow();
    ChatText text =
        ChatTemplate.parse("the template", row.source())
            .render(List.of(new ChatMessage("user", "Say hi")), row.variables());
    assertThat(text.text()).isEqualTo(expected);
  }

  static Stream<List<String>> rows() {
    String chatml = "<|im_start|>user\nSay hi<|im_end|>\n<|im_start|>assistant\n";
    return Stream.of(
        List.of("chatml", chatml),
        List.of(
            "smollm2",
            "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging"
                + " Face<|im_end|>\n"
                + chatml),
        List.of(
            "qwen-2.5",
            "<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful"
                + " assistant.<|im_end|>\n"
                + chatml),
        List.of("qwen-3", chatml),
        List.of("llama-2", "<s>[INST] Say hi [/INST]"),
        List.of(
            "llama-3",
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nSay hi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n"),
        List.of(
            "llama-3.2",
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge"
                + " Date: December 2023\nToday Date: 31 Jan 2026\n\n<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nSay hi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n"),
        List.of("mistral-v1", "<s>[INST] Say hi [/INST]"),
        List.of("mistral-v3", "<s>[INST] Say hi[/INST]"),
        List.of(
            "mistral-tekken",
            "<s>[SYSTEM_PROMPT]You are a helpful assistant.[/SYSTEM_PROMPT][INST]Say hi[/INST]"),
        List.of("gemma-2", "<bos><start_of_turn>user\nSay hi<end_of_turn>\n<start_of_turn>model\n"),
        List.of("gemma-3", "<bos><start_of_turn>user\nSay hi<end_of_turn>\n<start_of_turn>model\n"),
        List.of("phi-3", "<|user|>\nSay hi<|end|>\n<|assistant|>\n"),
        List.of(
            "phi-4", "<|im_start|>user<|im_sep|>Say hi<|im_end|><|im_start|>assistant<|im_sep|>"),
        List.of("phi-4-mini", "<|user|>Say hi<|end|><|assistant|>"),
        List.of("deepseek-r1", "<｜begin▁of▁sentence｜><｜User｜>Say hi<｜Assistant｜><think>\n"),
        List.of("zephyr", "<|user|>\nSay hi</s>\n<|assistant|>\n"),
        List.of(
            "command-r",
            "<BOS_TOKEN><|START_OF_TURN_TOKEN|><|USER_TOKEN|>Say hi<|END_OF_TURN_TOKEN|>"
                + "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>"),
        List.of("olmo-2", "<|endoftext|><|user|>\nSay hi\n<|assistant|>\n"),
        List.of("falcon-instruct", "User: Say hi\nFalcon:"),
        List.of("solar", "### User:\nSay hi\n\n### Assistant:\n"),
        List.of("stablelm", "<|user|>\nSay hi<|endoftext|>\n<|assistant|>\n"));
  }

  static Stream<Object[]> published() {
    return rows().map(List::toArray);
  }
}
