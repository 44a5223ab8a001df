/**
 * Models with exact distributions that need nothing: no file, no library, no network. This package
 * holds the registry of {@code builtin:NAME} and what such models share; {@code ngram} the language
 * model, {@code tree}, {@code dyck} and {@code problem} the small trees on which theory can be
 * checked, and {@code graph} a task with an exact distribution for models that are trained.
 */
@NullMarked
package io.tailwalk.builtin;

import org.jspecify.annotations.NullMarked;
