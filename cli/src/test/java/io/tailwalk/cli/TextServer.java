package io.tailwalk.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A server with OpenAI's routes and nothing else. Its responses have letters a and b, each with
 * probability 1/4 at every place, and end with probability 1/2.
 */
final class TextServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final AtomicInteger drawn = new AtomicInteger();

  TextServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** The model's name for {@code --model}. */
  String spec() {
    return "openai:http://127.0.0.1:" + http.getAddress().getPort() + ",dialect=openai-like";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] read = exchange.getRequestBody().readAllBytes();
      String answer =
          switch (exchange.getRequestURI().getPath()) {
            case "/v1/models" -> "{\"data\": [{\"id\": \"letters\"}]}";
            case "/v1/completions" ->
                completion(JsonText.parse(new String(read, StandardCharsets.UTF_8)));
            default -> "";
          };
      byte[] out =
          (answer.isEmpty() ? "{\"error\": {\"message\": \"not found\"}}" : answer)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, out.length);
      exchange.getResponseBody().write(out);
    }
  }

  /** Number of responses drawn so far. */
  int drawn() {
    return drawn.get();
  }

  private String completion(JsonNode body) {
    drawn.incrementAndGet();
    var random = new SplittableRandom(body.path("seed").asLong(0));
    var text = new StringBuilder();
    int most = body.path("max_tokens").asInt(16);
    int kind = random.nextInt(4);
    while (kind < 2 && text.length() < most) {
      text.append(kind == 0 ? 'a' : 'b');
      kind = random.nextInt(4);
    }
    boolean cut = text.length() == most;
    return "{\"choices\": [{\"index\": 0, \"text\": \""
        + text
        + "\", \"finish_reason\": \""
        + (cut ? "length" : "stop")
        + "\"}], \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": "
        + (text.length() + 1)
        + "}}";
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
