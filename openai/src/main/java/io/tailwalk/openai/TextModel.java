package io.tailwalk.openai;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capabilities.LogProbKind;
import io.tailwalk.core.model.Capabilities.SeedUse;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.http.Endpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model of which texts go in and texts come out. A text that was cut and continued would be split
 * into other tokens than the model's, so it draws complete responses and nothing else. Its tokens
 * are bytes, lengths included; a response that is longer than the limit is cut to it.
 */
public final class TextModel implements LanguageModel {
  private static final Capabilities CAPABILITIES =
      new Capabilities(Set.of(Capability.RESPONSE), LogProbKind.UNKNOWN, SeedUse.BEST_EFFORT);

  private final String name;
  private final TextDialect dialect;
  private final Asking asking;
  private final TextVocabulary vocabulary = new TextVocabulary();

  TextModel(String name, TextDialect dialect, Asking asking) {
    this.name = name;
    this.dialect = dialect;
    this.asking = asking;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(
        name,
        dialect.model() + " on a server like OpenAI's: " + CAPABILITIES.words(),
        Sha256.hex("text\n" + dialect.model()),
        Map.of("server", "like OpenAI's"));
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The servers, for what they were asked. */
  public Endpoints endpoints() {
    return asking.endpoints();
  }

  TextDialect dialect() {
    return dialect;
  }

  Asking asking() {
    return asking;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> vocabulary.encode(text.text());
      case Prompt.Chat chat -> vocabulary.encode(chat.messages());
      case Prompt.Tokens _ ->
          throw new ModelException(name + " reads texts and no token ids; give the prompt as text");
    };
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    return Optional.of(new HiddenFormat(dialect.model()));
  }

  /** The server applies its template and does not show it. */
  private record HiddenFormat(String model) implements ChatFormat {
    @Override
    public String description() {
      return "the template of the server, which it does not show; messages by role";
    }

    @Override
    public String fingerprint() {
      return Sha256.hex("chat\n" + model);
    }

    @Override
    public String text(Prompt.Chat chat) {
      return chat.messages().stream()
          .map(message -> message.role() + ": " + message.content() + "\n")
          .collect(Collectors.joining());
    }
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    if (promptTokenIds.length == 0) {
      throw new ModelException(name + " cannot continue an empty prompt; give some text");
    }
    return new TextContext(this, promptTokenIds.clone());
  }

  @Override
  public List<ServedUsage> servedUsage() {
    return asking.endpoints().usage();
  }

  @Override
  public void close() {
    asking.endpoints().close();
  }
}
