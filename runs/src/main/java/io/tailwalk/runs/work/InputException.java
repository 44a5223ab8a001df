package io.tailwalk.runs.work;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something was asked for that cannot be done as it stands. The message is one sentence naming the
 * file or setting and the fix.
 */
public final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable String setting;
  private final String sentence;

  /** With one sentence. */
  public InputException(String sentence) {
    super(sentence);
    this.setting = null;
    this.sentence = sentence;
  }

  /** With one sentence and what lies beneath. */
  public InputException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.setting = null;
    this.sentence = sentence;
  }

  private InputException(String setting, String sentence, @Nullable Throwable cause) {
    super(setting + ": " + sentence, cause);
    this.setting = setting;
    this.sentence = sentence;
  }

  /**
   * About a setting.
   *
   * @param setting its name, words joined by hyphens; a skin may call it otherwise
   */
  public static InputException about(String setting, String sentence) {
    return new InputException(setting, sentence, null);
  }

  /** The same, with what lies beneath. */
  public static InputException about(String setting, String sentence, Throwable cause) {
    return new InputException(setting, sentence, cause);
  }

  /** The setting at fault, if it is one. */
  public Optional<String> setting() {
    return Optional.ofNullable(setting);
  }

  /** The sentence without the setting. */
  public String sentence() {
    return sentence;
  }
}
