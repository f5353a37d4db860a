package io.camelray.intake;

/** Which of a campaign's cells a plan is about. */
interface CellChoice {

    /** All of them. */
    CellChoice ALL = (step, cell) -> true;

    boolean takes(Step step, Cell cell);

    /** Makes the choice for a campaign that has been read, and tells what is wrong about it. */
    interface Maker {
        CellChoice of(Campaign campaign, Violations violations);
    }
}
