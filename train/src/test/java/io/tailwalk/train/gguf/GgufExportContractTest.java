package io.tailwalk.train.gguf;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.llama.CacheType;
import io.tailwalk.llama.LlamaModel;
import io.tailwalk.llama.LlamaOptions;
import io.tailwalk.testkit.LanguageModelContract;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.model.TransformerConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all models, on an exported one of GPT-2's shape over bytes. */
class GgufExportContractTest extends LanguageModelContract {
  @TempDir private Path folder;

  @Override
  protected LanguageModel openModel() {
    Path file = folder.resolve("bytes.gguf");
    try (Transformer model = Transformer.create(TransformerConfig.gpt2(257, 512, 2, 2, 32), 1)) {
      GgufExport.write(file, model, GgufTokenizer.bytes());
    }
    return LlamaModel.open(
        file, LlamaOptions.DEFAULTS.withThreads(1).withCacheType(CacheType.F32).withTrust(true));
  }

  @Override
  protected Prompt prompt() {
    return Prompt.text("abba");
  }

  @Override
  protected List<String> texts() {
    return List.of("abba", " a  b\n", "\u00e9\u6f22");
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
