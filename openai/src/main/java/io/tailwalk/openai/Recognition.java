package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.dialect.LlamaServerDialect;
import io.tailwalk.openai.dialect.ServerFacts;
import io.tailwalk.openai.dialect.VllmDialect;
import io.tailwalk.openai.http.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds out what kind of server answers at an address, and what it serves. */
final class Recognition {
  private static final String VLLM = "vllm";
  private static final String LLAMA_SERVER = "llama-server";

  private final Endpoint endpoint;
  private final ServerOptions options;

  Recognition(Endpoint endpoint, ServerOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /**
   * Asks the server.
   *
   * @throws ModelException if it is of no known kind, or does not serve the model
   */
  Dialect dialect() {
    String kind = options.dialect().orElseGet(this::kind);
    return switch (kind) {
      case VLLM -> vllm();
      case LLAMA_SERVER -> llamaServer();
      default ->
          throw new ModelException(
              "dialect must be " + VLLM + " or " + LLAMA_SERVER + ", got '" + kind + "'");
    };
  }

  private String kind() {
    if (endpoint.get("props").has("total_slots")) {
      return LLAMA_SERVER;
    }
    if (endpoint.get("version").path("version").isString()) {
      return VLLM;
    }
    throw new ModelException(
        "the server at "
            + endpoint.address()
            + " is neither vLLM nor llama-server, or does not say so; connect to the engine"
            + " directly, without a proxy, and name its kind by dialect=");
  }

  private Dialect vllm() {
    String version = endpoint.get("version").path("version").asString("unknown");
    JsonNode served = endpoint.get("v1/models").path("data");
    JsonNode model = model(served);
    int context = context(model, served);
    if (context < 1) {
      throw new ModelException(
          "the server does not say how long a prompt and its completion may be (max_model_len)");
    }
    String id = model.path("id").asString("");
    return new VllmDialect(
        new ServerFacts(
            "vLLM " + version,
            id,
            context,
            options.inFlight(),
            version + " " + model.path("root")));
  }

  /** vLLM does not list the length of an adapter (LoRA), which is that of its parent. */
  private static int context(JsonNode model, JsonNode served) {
    int own = model.path("max_model_len").asInt(0);
    if (own > 0) {
      return own;
    }
    for (JsonNode other : served) {
      if (isAdapter(model) && other.path("id").asString("").equals(parent(model))) {
        return other.path("max_model_len").asInt(0);
      }
    }
    return 0;
  }

  private static boolean isAdapter(JsonNode model) {
    return !parent(model).isEmpty();
  }

  private static String parent(JsonNode model) {
    return model.path("parent").asString("");
  }

  private Dialect llamaServer() {
    JsonNode props = endpoint.get("props");
    JsonNode model = model(endpoint.get("v1/models").path("data"));
    int size = model.path("meta").path("n_vocab").asInt(0);
    int context = props.path("default_generation_settings").path("n_ctx").asInt(0);
    if (size < 1 || context < 1) {
      throw new ModelException(
          "the server does not say how many tokens its model has (n_vocab) or how long a prompt and"
              + " its completion may be (n_ctx)");
    }
    String build = props.path("build_info").asString("unknown");
    var facts =
        new ServerFacts(
            "llama-server " + build,
            model.path("id").asString(""),
            context,
            Math.max(1, props.path("total_slots").asInt(1)),
            build + " " + model.path("meta") + adapters());
    int[] plain = endpoint.ask(new LlamaServerDialect(facts, size, 0).tokens("a", false));
    if (plain.length == 0) {
      throw new ModelException("the server's tokenizer has no token for the letter a");
    }
    return new LlamaServerDialect(facts, size, plain[plain.length - 1]);
  }

  /** The adapters that llama-server was started with and their scales; empty if there are none. */
  private String adapters() {
    JsonNode loaded = endpoint.get("lora-adapters");
    return loaded.isArray() && !loaded.isEmpty() ? " " + loaded : "";
  }

  /** The model by its name; without a name, the only one that is not an adapter of another. */
  private JsonNode model(JsonNode served) {
    List<String> names = new ArrayList<>();
    Optional<JsonNode> found = Optional.empty();
    int fitting = 0;
    for (JsonNode one : served) {
      String id = one.path("id").asString("");
      names.add(id);
      if (options.model().map(id::equals).orElse(!isAdapter(one))) {
        found = found.or(() -> Optional.of(one));
        fitting++;
      }
    }
    if (found.isEmpty() || (options.model().isEmpty() && fitting > 1)) {
      throw new ModelException(
          "the server at "
              + endpoint.address()
              + " serves "
              + (names.isEmpty() ? "no model" : String.join(", ", names))
              + "; name one by model=");
    }
    return found.get();
  }
}
