package io.tailwalk.openai.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.testkit.TokenDraws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server on loopback that answers from a model in this process, in the words of a real server.
 * What real servers swallow it swallows, what they fill in for omitted fields it fills in.
 */
public abstract class FakeServer implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.shared();

  final LanguageModel model;
  private volatile boolean unwell;
  private volatile Optional<Reply> always = Optional.empty();
  private volatile List<String> stillWorking = List.of();
  private volatile int cutStreams;
  private volatile UnaryOperator<LogProbs> changed = law -> law;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
  private final Faults faults;

  /** An answer with a status. */
  record Reply(int status, JsonNode body) {
    static Reply of(JsonNode body) {
      return new Reply(200, body);
    }

    static Reply error(int status, String message) {
      ObjectNode body = JSON.createObjectNode();
      body.putObject("error").put("message", message).put("code", status);
      return new Reply(status, body);
    }
  }

  FakeServer(LanguageModel model, Faults faults) {
    this.model = model;
    this.faults = faults;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** The server's address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** The bodies of all requests that were answered, in order. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  /** Makes the server answer every request with 503, or work again. */
  public void unwell(boolean is) {
    unwell = is;
  }

  /** Makes the server answer with one status and error message, except on the given routes. */
  public void always(int status, String message, String... except) {
    always = Optional.of(Reply.error(status, message));
    stillWorking = List.of(except);
  }

  /** Breaks the next answers that are sent in parts: in turn without an end, and by an error. */
  public void cutStreams(int count) {
    cutStreams = count;
  }

  /** Gives the server another model. */
  public void change(UnaryOperator<LogProbs> change) {
    changed = change;
  }

  abstract Reply answer(String path, JsonNode body);

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] read = exchange.getRequestBody().readAllBytes();
      JsonNode body = read.length == 0 ? JSON.createObjectNode() : JSON.readTree(read);
      if (faults.hits(exchange)) {
        return;
      }
      if (unwell) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      Reply reply =
          always.filter(_ -> !stillWorking.contains(path)).orElseGet(() -> answer(path, body));
      if (read.length > 0) {
        asked.add(body);
      }
      boolean parts = body.path("stream").asBoolean(false) && reply.status() == 200;
      String text = parts ? FakeStream.of(reply.body(), cutStreams) : reply.body().toString();
      cutStreams = Math.max(0, cutStreams - (parts ? 1 : 0));
      byte[] out = text.getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("Content-Type", parts ? "text/event-stream; charset=utf-8" : "application/json");
      exchange.sendResponseHeaders(reply.status(), out.length);
      exchange.getResponseBody().write(out);
    }
  }

  LogProbs next(int[] tokens) {
    try (ModelContext context = model.open(tokens, new ContextOptions(1, 1))) {
      return changed.apply(context.next(new int[][] {{}})[0]);
    }
  }

  int[] encode(String text, boolean special) {
    return special ? model.encode(Prompt.text(text)) : vocabulary().encode(text);
  }

  Vocabulary vocabulary() {
    return model.vocabulary();
  }

  static int[] ids(JsonNode list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).asInt();
    }
    return ids;
  }

  static ObjectNode tokens(int[] ids) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("tokens");
    Arrays.stream(ids).forEach(list::add);
    return answer;
  }

  static int[] append(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  /** All tokens, the most probable first. */
  static Stream<Integer> largest(LogProbs next) {
    return IntStream.range(0, next.size())
        .boxed()
        .sorted((a, b) -> Double.compare(next.logProb(b), next.logProb(a)));
  }

  /** The stream of a seed: the same at every prefix, as real servers have it. */
  static RandomChooser chooser(long seed) {
    return new RandomChooser(Streams.of(seed));
  }

  static int draw(LogProbs next, double temperature, RandomChooser chooser) {
    return TokenDraws.of(next.tempered(temperature), chooser);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    model.close();
  }
}
