package io.tailwalk.builtin.tree;

import org.jspecify.annotations.Nullable;

/**
 * One node of a finite tree as users give it. A number that is not given is {@link #ABSENT}.
 *
 * @param id its unique name
 * @param parent the parent's id; null for the root alone
 * @param pi probability given the parent, in [0, 1]; not for the root
 * @param value {@code V}, at least 0; not needed at the root (no walk reads it there) nor at
 *     leaves, where it is {@code tau}
 * @param tau the tilt, at least 0; on leaves only
 */
public record TreeNode(String id, @Nullable String parent, double pi, double value, double tau) {
  /** A number that was not given. */
  public static final double ABSENT = Double.NaN;

  /** The root. */
  public static TreeNode root(String id) {
    return new TreeNode(id, null, ABSENT, ABSENT, ABSENT);
  }

  /** A node with children. */
  public static TreeNode inner(String id, String parent, double pi, double value) {
    return new TreeNode(id, parent, pi, value, ABSENT);
  }

  /** A complete response. */
  public static TreeNode leaf(String id, String parent, double pi, double tau) {
    return new TreeNode(id, parent, pi, ABSENT, tau);
  }
}
