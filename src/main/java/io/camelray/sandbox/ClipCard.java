package io.camelray.sandbox;

/**
 * What a clip shows of its request, so that a person can tell two clips apart.
 *
 * @param prompt the text in the middle, wrapped
 * @param caption the small line above it: kind, ratio, resolution
 * @param tint any number; equal numbers give equal background colours
 */
record ClipCard(String prompt, String caption, int tint) {}
