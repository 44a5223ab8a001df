package io.tailwalk.runs.models;

import io.tailwalk.core.Addresses;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.ServerOptions;
import io.tailwalk.openai.ServerReport;
import io.tailwalk.openai.Servers;
import io.tailwalk.runs.work.InputException;

/** Models behind HTTP; a separate class, so that other models need no client. */
final class ServedModels {
  static final String PREFIX = "openai:";

  private ServedModels() {}

  /**
   * Reads a name.
   *
   * @throws InputException if it has another form
   */
  static ServerOptions options(String name) {
    try {
      return ServerOptions.parse(name, System::getenv);
    } catch (ModelException e) {
      throw InputException.about("model", String.valueOf(e.getMessage()), e);
    }
  }

  /** Measures a served model. */
  static ServerReport measured(LanguageModel model) {
    return Servers.measured(model);
  }

  static LanguageModel open(String name) {
    return Servers.open(Addresses.withoutSecrets(name), options(name));
  }
}
