package io.tailwalk.openai;

import io.tailwalk.core.Sha256;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.ChatFormat;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.ServedUsage;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.http.Endpoints;
import io.tailwalk.openai.http.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model behind HTTP. */
public final class ServerModel implements LanguageModel {
  private final String name;
  private final Dialect dialect;
  private final Asking asking;
  private final ServerVocabulary vocabulary;
  private final Capabilities capabilities;
  private final String fingerprint;

  ServerModel(
      String name,
      Dialect dialect,
      Asking asking,
      ServerVocabulary vocabulary,
      Capabilities capabilities,
      String fingerprint) {
    this.name = name;
    this.dialect = dialect;
    this.asking = asking;
    this.vocabulary = vocabulary;
    this.capabilities = capabilities;
    this.fingerprint = fingerprint;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity(
        name,
        dialect.facts().model() + " on " + dialect.facts().server() + ": " + capabilities.words(),
        Sha256.hex(fingerprint),
        Map.of("server", dialect.facts().server(), "route of the server", dialect.route()));
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The servers, for what they were asked and which of them failed. */
  public Endpoints endpoints() {
    return asking.endpoints();
  }

  Dialect dialect() {
    return dialect;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> asking.one(0, dialect.tokens(text.text(), true));
      case Prompt.Tokens tokens -> tokens.tokenIds().stream().mapToInt(id -> id).toArray();
      case Prompt.Chat chat -> chat().tokens(chat);
    };
  }

  @Override
  public Optional<ChatFormat> chatFormat() {
    return ServerChat.isShown(dialect) ? Optional.of(chat()) : Optional.empty();
  }

  private ServerChat chat() {
    return new ServerChat(asking, dialect, vocabulary.controls());
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    requireTokens(promptTokenIds);
    if (promptTokenIds.length == 0) {
      throw new ModelException(name + " cannot continue an empty prompt; give at least one token");
    }
    // Scoring asks the server for one more token, which it then discards.
    int room = dialect.facts().contextTokens() - promptTokenIds.length - 1;
    if (room < options.maxCompletionTokens()) {
      throw new ModelException(
          "a prompt of "
              + promptTokenIds.length
              + " tokens and a completion of "
              + options.maxCompletionTokens()
              + " exceed the context of "
              + dialect.facts().contextTokens()
              + " tokens that the server gives; lower --max-tokens or restart the server");
    }
    return new ServerContext(this, promptTokenIds.clone(), room);
  }

  void requireTokens(int[] tokens) {
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary.size()) {
        throw new IllegalArgumentException(
            "token " + token + " is not in the vocabulary of " + vocabulary.size());
      }
    }
  }

  LogProbs distribution(double[] logProbs) {
    if (logProbs.length != vocabulary.size()) {
      throw new ModelException(
          name
              + " gave a distribution over "
              + logProbs.length
              + " tokens instead of "
              + vocabulary.size());
    }
    return LogProbs.of(logProbs);
  }

  <T> List<T> ask(long key, List<Query<T>> queries) {
    return asking.all(key, queries);
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
