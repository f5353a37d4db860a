package io.camelray.intake;

/**
 * One combination of the matrix axes.
 *
 * @param number its position in the matrix, by which it can be had again
 * @param at the index of each axis's value
 */
record Cell(long number, int[] at) {}
