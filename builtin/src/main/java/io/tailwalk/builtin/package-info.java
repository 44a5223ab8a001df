/**
 * Models with exact distributions without dependencies: no file, no library, no network. This
 * package has the registry of {@code builtin:NAME} and the common code of such models; {@code
 * ngram} the language model, {@code tree}, {@code dyck} and {@code problem} the small trees on
 * which theory can be checked, and {@code graph} a task with an exact distribution for trained
 * models.
 */
@NullMarked
package io.tailwalk.builtin;

import org.jspecify.annotations.NullMarked;
