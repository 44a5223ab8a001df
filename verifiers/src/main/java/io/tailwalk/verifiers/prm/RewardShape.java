package io.tailwalk.verifiers.prm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The request format of a server and the location of the scores in its answer. */
enum RewardShape {
  /** vLLM's {@code /classify}: {@code {"input": [...]}} to {@code {"data": [{"probs": [...]}]}}. */
  CLASSIFY {
    @Override
    ObjectNode request(RewardQuery query) {
      return inputs(query);
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      return indexed(
          answer.path("data"), query.size(), entry -> ofClass(entry.path("probs"), query));
    }
  },

  /**
   * vLLM's {@code /pooling}: {@code {"data": [{"data": ...}]}} with one number, or a row per step
   * of a process reward model, of which the last counts.
   */
  POOLING {
    @Override
    ObjectNode request(RewardQuery query) {
      return inputs(query);
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      return indexed(
          answer.path("data"), query.size(), entry -> lastStep(entry.path("data"), query));
    }
  },

  /** vLLM's {@code /rerank} (and Jina's, Cohere's): prompt as query, completions as documents. */
  RERANK {
    @Override
    ObjectNode request(RewardQuery query) {
      ObjectNode body = object(query).put("query", query.prompt());
      query.completions().forEach(body.putArray("documents")::add);
      return body;
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      return indexed(
          answer.path("results"), query.size(), entry -> number(entry.path("relevance_score")));
    }
  },

  /** Text Embeddings Inference's {@code /rerank}: {@code [{"index", "score"}]}. */
  TEI_RERANK {
    @Override
    ObjectNode request(RewardQuery query) {
      ObjectNode body = JSON.createObjectNode().put("query", query.prompt());
      query.completions().forEach(body.putArray("texts")::add);
      return body;
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      return indexed(answer, query.size(), entry -> number(entry.path("score")));
    }
  },

  /** Text Embeddings Inference's {@code /predict}: a list of labels and scores for each text. */
  PREDICT {
    @Override
    ObjectNode request(RewardQuery query) {
      ObjectNode body = JSON.createObjectNode();
      ArrayNode inputs = body.putArray("inputs");
      query.texts().forEach(text -> inputs.addArray().add(text));
      return body;
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      require(answer.isArray() && answer.size() == query.size(), "has not one entry for each text");
      double[] scores = new double[query.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = labelled(answer.get(i), query.label());
      }
      return scores;
    }
  },

  /** An OpenAI-style chat that answers yes or no; the probabilities of its first token are used. */
  CHAT {
    @Override
    ObjectNode request(RewardQuery query) {
      ObjectNode body = object(query);
      body.putArray("messages").addObject().put("role", "user").put("content", query.question());
      return body.put("max_tokens", 1)
          .put("temperature", 0)
          .put("logprobs", true)
          .put("top_logprobs", 20);
    }

    @Override
    double[] scores(JsonNode answer, RewardQuery query) {
      JsonNode top =
          answer
              .path("choices")
              .path(0)
              .path("logprobs")
              .path("content")
              .path(0)
              .path("top_logprobs");
      require(top.isArray(), "has no choices[0].logprobs.content[0].top_logprobs");
      double yes = 0;
      double no = 0;
      for (JsonNode entry : top) {
        double probability = Math.exp(number(entry.path("logprob")));
        switch (entry.path("token").asString("").strip().toLowerCase(Locale.ROOT)) {
          case "yes" -> yes += probability;
          case "no" -> no += probability;
          default -> {}
        }
      }
      require(yes + no > 0, "has neither yes nor no among its most likely tokens");
      return new double[] {yes / (yes + no)};
    }

    @Override
    int maxBatch() {
      return 1;
    }
  };

  private static final JsonMapper JSON = JsonMapper.shared();

  /** An answer of a different shape; the message continues after "its answer". */
  static final class BadAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAnswer(String message) {
      super(message);
    }
  }

  /** The body of a request. */
  abstract ObjectNode request(RewardQuery query);

  /**
   * The scores in the order of the texts.
   *
   * @throws BadAnswer if the answer is not of this shape
   */
  abstract double[] scores(JsonNode answer, RewardQuery query);

  /** Maximal number of texts of one request. */
  int maxBatch() {
    return 32;
  }

  /** The name in specifications. */
  String spec() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The shape by its name in specifications, or by the end of a path. */
  static Optional<RewardShape> of(String nameOrPath) {
    String last = nameOrPath.replaceFirst("/+$", "").replaceFirst(".*/", "");
    return last.equals("completions")
        ? Optional.of(CHAT)
        : Arrays.stream(values()).filter(shape -> shape.spec().equals(last)).findFirst();
  }

  private static ObjectNode object(RewardQuery query) {
    ObjectNode body = JSON.createObjectNode();
    query.model().ifPresent(model -> body.put("model", model));
    return body;
  }

  private static ObjectNode inputs(RewardQuery query) {
    ObjectNode body = object(query);
    query.texts().forEach(body.putArray("input")::add);
    return body;
  }

  private interface ScoreOf {
    double in(JsonNode entry);
  }

  private static double[] indexed(JsonNode entries, int size, ScoreOf score) {
    require(entries.isArray() && entries.size() == size, "has not one entry for each text");
    double[] scores = new double[size];
    boolean[] seen = new boolean[size];
    for (JsonNode entry : entries) {
      int index = entry.path("index").asInt(-1);
      require(index >= 0 && index < size && !seen[index], "numbers its entries wrongly");
      seen[index] = true;
      scores[index] = score.in(entry);
    }
    return scores;
  }

  private static double ofClass(JsonNode probabilities, RewardQuery query) {
    require(probabilities.isArray() && !probabilities.isEmpty(), "has no probabilities");
    int last = probabilities.size() - 1;
    int index = query.label().map(RewardShape::classNumber).orElse(last);
    require(index <= last, "has no class " + index);
    return number(probabilities.get(index));
  }

  private static int classNumber(String label) {
    try {
      return Integer.parseUnsignedInt(label);
    } catch (NumberFormatException e) {
      throw new BadAnswer("numbers its classes; give label as a number from 0, not " + label);
    }
  }

  private static double lastStep(JsonNode data, RewardQuery query) {
    require(!data.isArray() || !data.isEmpty(), "has no score");
    if (!data.isArray()) {
      return number(data);
    }
    JsonNode last = data.get(data.size() - 1);
    return last.isArray() ? ofClass(last, query) : number(last);
  }

  private static double labelled(JsonNode entries, Optional<String> label) {
    require(entries.isArray() && !entries.isEmpty(), "has no label");
    if (label.isEmpty()) {
      require(entries.size() == 1, "has several labels; name the good one with label=");
      return number(entries.get(0).path("score"));
    }
    for (JsonNode entry : entries) {
      if (entry.path("label").asString("").equals(label.get())) {
        return number(entry.path("score"));
      }
    }
    throw new BadAnswer("has no label " + label.get());
  }

  private static double number(JsonNode node) {
    require(node.isNumber(), "has no number as the score");
    return node.doubleValue();
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new BadAnswer(complaint);
    }
  }
}
