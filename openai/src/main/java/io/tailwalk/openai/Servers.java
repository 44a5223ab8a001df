package io.tailwalk.openai;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;

/** Models behind HTTP. */
public final class Servers {
  private Servers() {}

  /**
   * Connects to a server and finds out what it is and can do.
   *
   * @param name the name in results, without secrets
   * @return a {@link ServerModel}, or a {@link TextModel} of a server that has texts only
   * @throws ModelException if the server does not answer, is of no known kind, or does not serve
   *     the model; or if replicas differ
   */
  public static LanguageModel open(String name, ServerOptions options) {
    return ServerOpening.open(name, options);
  }

  /**
   * Measures an opened model in a few requests.
   *
   * @throws IllegalArgumentException if it is not one of this package
   */
  public static ServerReport measured(LanguageModel model) {
    return switch (model) {
      case ServerModel tokens -> ServerProbe.run(tokens);
      case TextModel texts -> TextProbe.run(texts);
      default -> throw new IllegalArgumentException("not a served model: " + model.identity());
    };
  }
}
