/** Chat templates as model files have them. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.chat {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;

  exports io.tailwalk.chat;
}
