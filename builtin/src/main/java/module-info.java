/** Models with exact distributions that need no file. */
@org.jspecify.annotations.NullMarked
module io.tailwalk.builtin {
  requires static transitive org.jspecify;
  requires transitive io.tailwalk.core;

  exports io.tailwalk.builtin;
  exports io.tailwalk.builtin.dyck;
  exports io.tailwalk.builtin.graph;
  exports io.tailwalk.builtin.ngram;
  exports io.tailwalk.builtin.problem;
  exports io.tailwalk.builtin.tree;
}
