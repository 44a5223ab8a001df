package io.tailwalk.verifiers.prm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real HTTP server on the loopback interface that scores texts after the requested failures. */
final class RewardServer implements AutoCloseable {
  /** A failure instead of an answer. */
  interface Fault {
    void on(HttpExchange exchange) throws IOException;
  }

  final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
  final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<JsonNode, String> answer;

  RewardServer(Function<JsonNode, String> answer, Fault... faults) {
    this.answer = answer;
    this.faults.addAll(List.of(faults));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try (exchange) {
      JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      requests.add(body);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Fault fault;
      synchronized (faults) {
        fault = faults.poll();
      }
      if (fault == null) {
        send(exchange, 200, answer.apply(body), Map.of());
      } else {
        fault.on(exchange);
      }
    } finally {
      underWay.decrementAndGet();
    }
  }

  static void send(HttpExchange exchange, int status, String body, Map<String, String> headers)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** A status without a useful body. */
  static Fault status(int status) {
    return exchange -> send(exchange, status, "oops", Map.of());
  }

  /** 429 with a time to wait. */
  static Fault busy(int seconds) {
    return exchange ->
        send(exchange, 429, "busy", Map.of("Retry-After", Integer.toString(seconds)));
  }

  /** An answer after the time limit. */
  static Fault slow(long millis) {
    return _ -> {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** The connection ends within the answer. */
  static Fault reset() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    };
  }

  /** Headers in time, and a body that takes its time. */
  static Fault trickle(long millisAByte) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      for (int i = 0; i < 1000; i++) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        try {
          Thread.sleep(millisAByte);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    };
  }

  /** A body without an end. */
  static Fault endless() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      while (true) {
        exchange.getResponseBody().write(blanks);
      }
    };
  }

  /** Another body. */
  static Fault body(String text) {
    return exchange -> send(exchange, 200, text, Map.of());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
