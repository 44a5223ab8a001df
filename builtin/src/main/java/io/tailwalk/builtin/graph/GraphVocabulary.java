package io.tailwalk.builtin.graph;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tokens of the task as text: a space and an integer, or a space and a sign. */
public final class GraphVocabulary implements Vocabulary {
  private final List<String> texts;

  /** The tokens of a shape. */
  public GraphVocabulary(GraphShape shape) {
    List<String> all = new ArrayList<>();
    for (int node = 0; node < shape.vocabulary(); node++) {
      all.add(" " + node);
    }
    all.addAll(List.of(" |", " /", " ="));
    texts = List.copyOf(all);
  }

  /** The text of every token, by id. */
  public List<String> texts() {
    return texts;
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public byte[] bytes(int token) {
    return texts.get(token).getBytes(StandardCharsets.UTF_8);
  }

  /** Responses have a fixed length, so no token ends them. */
  @Override
  public boolean isEnd(int token) {
    java.util.Objects.checkIndex(token, size());
    return false;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for a word that is not a token
   */
  @Override
  public int[] encode(String text) {
    return text.isBlank()
        ? new int[0]
        : java.util.Arrays.stream(text.strip().split("\\s+")).mapToInt(this::token).toArray();
  }

  private int token(String word) {
    int token = texts.indexOf(" " + word);
    if (token < 0) {
      throw new IllegalArgumentException(
          "\""
              + word
              + "\" is not a token of the graph task: the tokens are integers below "
              + (size() - 3)
              + ", |, / and =");
    }
    return token;
  }
}
