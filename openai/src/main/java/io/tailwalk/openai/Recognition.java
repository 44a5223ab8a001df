package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.openai.dialect.Dialect;
import io.tailwalk.openai.dialect.LlamaServerDialect;
import io.tailwalk.openai.dialect.OpenAiIdsDialect;
import io.tailwalk.openai.dialect.ServerFacts;
import io.tailwalk.openai.dialect.SglangDialect;
import io.tailwalk.openai.dialect.TextDialect;
import io.tailwalk.openai.dialect.VllmDialect;
import io.tailwalk.openai.http.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what kind of server answers at an address, and what it serves. Every resource is read
 * once.
 */
final class Recognition {
  private final Endpoint endpoint;
  private final ServerOptions options;
  private final Map<String, JsonNode> read = new HashMap<>();
  private Optional<OpenAiIdsDialect> ids = Optional.empty();

  Recognition(Endpoint endpoint, ServerOptions options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  /**
   * The dialect of a server that has texts only; empty for all others, which are asked for their
   * {@link #dialect}.
   *
   * @throws ModelException if the server does not serve the model
   */
  Optional<TextDialect> textDialect() {
    if (options.dialect().filter(ServerKind.OPENAI_LIKE::equals).isEmpty()) {
      return Optional.empty();
    }
    OpenAiLike like = like();
    if (options.tokenizer().isPresent()) {
      ids = like.ids(context());
    }
    return ids.isPresent() ? Optional.empty() : Optional.of(like.texts(options));
  }

  private OpenAiLike like() {
    // Some servers list no models.
    boolean lists = get("v1/models").path("data").isArray();
    String model = options.model().filter(_ -> !lists).orElseGet(() -> id(model()));
    return new OpenAiLike(endpoint, model, options.inFlight());
  }

  private int context() {
    return get("v1/models").path("data").isArray() ? model().path("max_model_len").asInt(0) : 0;
  }

  /**
   * Asks the server.
   *
   * @throws ModelException if it is of no known kind, or does not serve the model
   */
  Dialect dialect() {
    return switch (options.dialect().orElseGet(this::kind)) {
      case VLLM -> vllm();
      case LLAMA_SERVER -> llamaServer();
      case SGLANG -> sglang();
      case OPENAI_LIKE ->
          ids.or(() -> like().ids(context()))
              .orElseThrow(() ->
                  new ModelException(
                      "the server at " + endpoint.address() + " does not show token ids"));
    };
  }

  private JsonNode get(String path) {
    return read.computeIfAbsent(path, endpoint::get);
  }

  private ServerKind kind() {
    if (get("props").has("total_slots")) {
      return ServerKind.LLAMA_SERVER;
    }
    if (get("version").path("version").isString()) {
      return ServerKind.VLLM;
    }
    if (current("model_info").has("is_generation")) {
      return ServerKind.SGLANG;
    }
    throw new ModelException(
        "the server at "
            + endpoint.address()
            + " is neither vLLM nor llama-server nor SGLang, or does not say so; connect to the"
            + " engine directly, without a proxy, or name its kind by dialect="
            + ServerKind.names());
  }

  private Dialect vllm() {
    String version = get("version").path("version").asString("unknown");
    JsonNode model = model();
    var base =
        new VllmDialect(
            new ServerFacts(
                "vLLM " + version,
                id(model),
                context(model),
                options.inFlight(),
                version + " " + model.path("root")));
    return new VllmRoutes(endpoint, base).best();
  }

  /** Of the server's settings, which may contain its key, only named ones are read. */
  private Dialect sglang() {
    JsonNode settings = current("server_info");
    String version = settings.path("version").asString("unknown");
    JsonNode model = model();
    JsonNode info = current("model_info");
    JsonNode running = settings.path("max_running_requests");
    int atATime = running.isInt() ? running.intValue() : options.inFlight();
    var facts =
        new ServerFacts(
            "SGLang " + version,
            id(model),
            context(model),
            Math.clamp(atATime, 1, options.inFlight()),
            version + " " + info.path("model_path") + " " + info.path("weight_version"));
    boolean seeded = settings.path("enable_deterministic_inference").asBoolean(false);
    int size = options.tokenizer().map(path -> TokenizerFile.outputSize(path).orElse(0)).orElse(0);
    return new SglangDialect(facts, size, seeded);
  }

  /** A resource of SGLang, by the name that it has now, or had in versions of 2025. */
  private JsonNode current(String path) {
    JsonNode now = get(path);
    return now.isObject() ? now : get("get_" + path);
  }

  private int context(JsonNode model) {
    int context = context(model, served());
    if (context < 1) {
      throw new ModelException(
          "the server does not say how long a prompt and its completion may be (max_model_len)");
    }
    return context;
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
    JsonNode props = get("props");
    JsonNode model = model();
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
            id(model),
            context,
            Math.max(1, props.path("total_slots").asInt(1)),
            build + " " + model.path("meta") + adapters());
    int[] plain = endpoint.ask(new LlamaServerDialect(facts, size, 0).tokens("a", false));
    if (plain.length == 0) {
      throw new ModelException("the server's tokenizer has no token for the letter a");
    }
    return new LlamaServerDialect(facts, size, plain[plain.length - 1]);
  }

  private static String id(JsonNode model) {
    return model.path("id").asString("");
  }

  private JsonNode served() {
    return get("v1/models").path("data");
  }

  /** The adapters that llama-server was started with and their scales; empty if there are none. */
  private String adapters() {
    JsonNode loaded = get("lora-adapters");
    return loaded.isArray() && !loaded.isEmpty() ? " " + loaded : "";
  }

  /** The model by its name; without a name, the only one that is not an adapter of another. */
  private JsonNode model() {
    JsonNode served = served();
    List<String> names = new ArrayList<>();
    Optional<JsonNode> found = Optional.empty();
    int fitting = 0;
    for (JsonNode one : served) {
      String id = id(one);
      names.add(id);
      if (options.model().map(id::equals).orElse(!isAdapter(one))) {
        found = found.or(() -> Optional.of(one));
        fitting++;
      }
    }
    if (options.model().isPresent() && found.isEmpty()) {
      throw new ModelException(
          options.model().get()
              + " is not served at "
              + endpoint.address()
              + "; it serves "
              + (names.isEmpty() ? "no model" : String.join(", ", names)));
    }
    if (found.isEmpty() || (fitting > 1 && options.model().isEmpty())) {
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
