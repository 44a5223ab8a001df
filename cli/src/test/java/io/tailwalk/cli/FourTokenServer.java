package io.tailwalk.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * A server that answers as vLLM does, with a model of four tokens, a, b, a blank and the end, each
 * of probability 1/4 everywhere.
 */
final class FourTokenServer implements AutoCloseable {
  static final int END = 3;
  private static final String TOKENIZER =
      """
      {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "\u0120": 2}},
       "decoder": {"type": "ByteLevel"},
       "added_tokens": [{"id": 3, "content": "<|end|>", "special": true}]}
      """;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final boolean showsDistributions;
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  FourTokenServer(boolean showsDistributions) throws IOException {
    this.showsDistributions = showsDistributions;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** The model's name for {@code --model}; its tokenizer is written into a folder. */
  String spec(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 3}");
    return "openai:http://127.0.0.1:" + http.getAddress().getPort() + ",tokenizer=" + file;
  }

  /** The Authorization headers of all requests; empty texts for requests without one. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(given == null ? "" : given);
      byte[] read = exchange.getRequestBody().readAllBytes();
      JsonNode body = JsonText.parse(read.length == 0 ? "{}" : text(read));
      String answer =
          switch (exchange.getRequestURI().getPath()) {
            case "/version" -> "{\"version\": \"0.0-four\"}";
            case "/v1/models" -> "{\"data\": [{\"id\": \"four\", \"max_model_len\": 64}]}";
            case "/tokenize" -> "{\"tokens\": " + ids(body.path("prompt").asString("")) + "}";
            case "/v1/completions" -> completion(body);
            default -> "";
          };
      byte[] out =
          (answer.isEmpty() ? "{\"detail\": \"Not Found\"}" : answer)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          answer.isEmpty() ? 404 : answer.startsWith("{\"error") ? 400 : 200, out.length);
      exchange.getResponseBody().write(out);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<Integer> ids(String text) {
    return text.chars().mapToObj("ab "::indexOf).filter(id -> id >= 0).toList();
  }

  private String completion(JsonNode body) {
    int top = body.path("logprobs").asInt(0);
    if (top < 0 && !showsDistributions) {
      return "{\"error\": {\"message\": \"greater than max allowed: 20\"}}";
    }
    var random = new SplittableRandom(body.path("seed").asLong(0));
    double logProb = Math.log(0.25);
    List<Integer> drawn = new ArrayList<>();
    List<Double> logProbs = new ArrayList<>();
    boolean ended = false;
    while (!ended && drawn.size() < body.path("max_tokens").asInt(16)) {
      drawn.add(random.nextInt(4));
      logProbs.add(logProb);
      ended = drawn.getLast() == END;
    }
    StringBuilder all = new StringBuilder();
    for (int id = 0; id < 4; id++) {
      all.append(id == 0 ? "" : ", ")
          .append("\"token_id:")
          .append(id)
          .append("\": ")
          .append(logProb);
    }
    StringBuilder rows = new StringBuilder("null");
    for (int i = 1; i < body.path("prompt").size(); i++) {
      rows.append(", {\"")
          .append(body.path("prompt").get(i).asInt())
          .append("\": {\"logprob\": ")
          .append(logProb)
          .append("}}");
    }
    return "{\"choices\": [{\"index\": 0, \"token_ids\": "
        + drawn
        + ", \"finish_reason\": \""
        + (ended ? "stop" : "length")
        + "\", \"logprobs\": {\"token_logprobs\": "
        + logProbs
        + ", \"top_logprobs\": [{"
        + all
        + "}]}, \"prompt_logprobs\": ["
        + rows
        + "]}]}";
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
