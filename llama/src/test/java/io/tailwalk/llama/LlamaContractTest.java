package io.tailwalk.llama;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.tiny.TinyLlama;
import io.tailwalk.llama.tiny.TinyTokenizer;
import io.tailwalk.testkit.LanguageModelContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all models, on a tiny llama with a tokenizer. */
class LlamaContractTest extends LanguageModelContract {
  @TempDir Path folder;

  @Override
  protected LanguageModel openModel() {
    return TestModels.open(
        new TinyLlama(101, TinyTokenizer.size()).withTokenizer(""), folder, TestModels.EXACT);
  }

  @Override
  protected Prompt prompt() {
    return Prompt.text("abba");
  }

  /** This kind of tokenizer puts a space before the first word, so that texts begin with one. */
  @Override
  protected List<String> texts() {
    return List.of();
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
