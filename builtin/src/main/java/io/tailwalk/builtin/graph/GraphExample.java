package io.tailwalk.builtin.graph;

import java.util.Arrays;

/** A prompt with a response drawn from the data. */
public final class GraphExample {
  private final LayeredGraph graph;
  private final int[] prompt;
  private final int[] response;
  private final int classIndex;

  GraphExample(LayeredGraph graph, int[] prompt, int[] response, int classIndex) {
    this.graph = graph;
    this.prompt = prompt;
    this.response = response;
    this.classIndex = classIndex;
  }

  /** The graph of the prompt. */
  public LayeredGraph graph() {
    return graph;
  }

  /** Token ids of the prompt. */
  public int[] prompt() {
    return prompt.clone();
  }

  /** Token ids of the path, including source and target. */
  public int[] response() {
    return response.clone();
  }

  /** The class of the mixture it was drawn from. */
  public int classIndex() {
    return classIndex;
  }

  /** Prompt and response concatenated. */
  public int[] tokens() {
    int[] tokens = Arrays.copyOf(prompt, prompt.length + response.length);
    System.arraycopy(response, 0, tokens, prompt.length, response.length);
    return tokens;
  }
}
