package io.camelray.ledger;

/** All tables, for those that work across them. */
record Tables(
        AccountTable accounts,
        CampaignTable campaigns,
        RevisionTable revisions,
        RenderTable renders,
        RenderSets sets,
        AttemptTable attempts,
        ParentTable parents,
        OutputTable outputs,
        WaitingTable waiting,
        DayBudgetTable days,
        RenderTimeTable times,
        EventTable events) {

    static Tables create() {
        return new Tables(
                new AccountTable(),
                new CampaignTable(),
                new RevisionTable(),
                new RenderTable(),
                new RenderSets(),
                new AttemptTable(),
                new ParentTable(),
                new OutputTable(),
                new WaitingTable(),
                new DayBudgetTable(),
                new RenderTimeTable(),
                new EventTable());
    }
}
