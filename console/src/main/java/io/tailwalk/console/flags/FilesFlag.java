package io.tailwalk.console.flags;

import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Consumer of all words up to the next flag, for flags that accept several files; a mistyped flag
 * is then an unknown option and not a file. A single {@code -} is standard input. The field of the
 * flag is a list of strings.
 */
public final class FilesFlag implements IParameterConsumer {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's signature
  public void consumeParameters(Stack<String> words, ArgSpec flag, CommandSpec command) {
    List<String> files = flag.getValue();
    int before = files.size();
    while (!words.isEmpty() && isFile(words.peek())) {
      if (words.peek().isEmpty()) {
        throw new ParameterException(command.commandLine(), "an empty name", flag, "");
      }
      files.add(words.pop());
    }
    if (files.size() == before) {
      throw new MissingParameterException(
          command.commandLine(), flag, "Missing required parameter for option");
    }
  }

  /** A hyphen alone is standard input. */
  private static boolean isFile(String word) {
    return word.equals("-") || !word.startsWith("-");
  }
}
