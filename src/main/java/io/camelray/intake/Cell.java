package io.camelray.intake;

/**
 * One combination of the matrix axes, or of those that a step fans out over.
 *
 * @param number its position in its expansion, by which it can be had again
 * @param at the index of each axis's value; {@link CellPatterns#ANY} on an axis that is not fanned out over
 */
record Cell(long number, int[] at) {}
