package io.camelray.ledger;

/** All tables, for those that work across them. */
record Tables(
        NodeTable nodes,
        AccountTable accounts,
        CampaignTable campaigns,
        RevisionTable revisions,
        RenderTable renders,
        InFlightTable inFlight,
        RenderSets sets,
        Amendments amendments,
        AttemptTable attempts,
        ParentTable parents,
        PlaceTable places,
        OutputTable outputs,
        RedeliveryTable redeliveries,
        WaitingTable waiting,
        DayBudgetTable days,
        RenderTimeTable times,
        EventTable events,
        FiringTable firings,
        DigestTable digests,
        Approvals approvals,
        UndoWindows windows,
        ArchiveTable archive) {

    static Tables create() {
        return new Tables(
                new NodeTable(),
                new AccountTable(),
                new CampaignTable(),
                new RevisionTable(),
                new RenderTable(),
                new InFlightTable(),
                new RenderSets(),
                new Amendments(),
                new AttemptTable(),
                new ParentTable(),
                new PlaceTable(),
                new OutputTable(),
                new RedeliveryTable(),
                new WaitingTable(),
                new DayBudgetTable(),
                new RenderTimeTable(),
                new EventTable(),
                new FiringTable(),
                new DigestTable(),
                new Approvals(),
                new UndoWindows(),
                new ArchiveTable());
    }
}
