package io.camelray.ledger;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import io.camelray.ledger.PlanningLedger.NewRevision;
import io.camelray.ledger.PlanningLedger.Revision;
import io.camelray.ledger.RetryLedger.Standing;
import io.camelray.model.Money;
import io.camelray.model.Priority;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** {@code ray_revision}: the manifests that were accepted, and those being written. */
final class RevisionTable {

    /** A revision that was being written. */
    record Draft(long id, long campaignId, long epoch) {

        Draft of(long heir) {
            return new Draft(id, campaignId, heir);
        }
    }

    /** A current revision as people see it, without its counts. */
    record Current(long id, CampaignStatus status, boolean drafts) {}

    private static final String CURRENT =
            """
            SELECT v.id, c.name, v.number, v.digest, v.source, c.budget, v.expected, c.reserved, c.confirmed, c.at_risk,
                   v.accepted_at, c.changes, v.drafts
              FROM ray_campaign c JOIN ray_revision v ON v.id = c.current_revision""";

    long insertDraft(Handle handle, long campaignId, int number, NewRevision revision, long epoch) {
        return handle.createUpdate(
                        """
                        INSERT INTO ray_revision (campaign_id, number, state, provider, account, budget, lane, stop_after,
                                                  digest, source, manifest, drafts, epoch)
                        VALUES (:campaign, :number, 'planning', :provider, :account, :budget, :lane, :stopAfter,
                                :digest, :source, :manifest, :drafts, :epoch)""")
                .bind("epoch", epoch)
                .bind("campaign", campaignId)
                .bind("number", number)
                .bind("provider", revision.provider().label())
                .bind("account", revision.account())
                .bind("budget", revision.budget().micros())
                .bind("lane", revision.priority().ordinal())
                .bind("stopAfter", revision.stopAfterFailures())
                .bind("digest", revision.digest())
                .bind("source", revision.source())
                .bind("manifest", revision.manifest())
                .bind("drafts", revision.draft())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    List<String> accounts(Handle handle, String campaign) {
        return handle.createQuery(
                        """
                        SELECT DISTINCT v.account
                          FROM ray_revision v JOIN ray_campaign c ON c.id = v.campaign_id
                         WHERE c.name = :campaign AND v.state = 'accepted'
                         ORDER BY v.account""")
                .bind("campaign", campaign)
                .mapTo(String.class)
                .list();
    }

    int lastNumber(Handle handle, long campaignId) {
        return handle.createQuery("SELECT COALESCE(MAX(number), 0) FROM ray_revision WHERE campaign_id = :campaign")
                .bind("campaign", campaignId)
                .mapTo(Integer.class)
                .one();
    }

    Optional<Integer> number(Handle handle, long id) {
        return handle.createQuery("SELECT number FROM ray_revision WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne();
    }

    Optional<Revision> findAccepted(Handle handle, String campaign, String digest) {
        return handle.createQuery(
                        """
                        SELECT c.name, v.number, v.digest
                          FROM ray_revision v JOIN ray_campaign c ON c.id = v.campaign_id
                         WHERE c.name = :campaign AND v.digest = :digest AND v.state = 'accepted'
                           AND NOT EXISTS (SELECT 1 FROM ray_render r
                                            WHERE r.revision_id = v.id AND r.state = 'cancelled')
                           AND NOT EXISTS (SELECT 1 FROM ray_archived_count a
                                            WHERE a.revision_id = v.id AND a.state = 'cancelled')
                         ORDER BY v.number DESC FETCH FIRST 1 ROWS ONLY""")
                .bind("campaign", campaign)
                .bind("digest", digest)
                .map((row, context) ->
                        new Revision(row.getString("name"), row.getInt("number"), row.getString("digest")))
                .findOne();
    }

    /** How a campaign stands that has accepted this revision. */
    Optional<Standing> standing(Handle handle, String campaign, int number) {
        return handle.createQuery(
                        """
                        SELECT u.number, u.digest, c.budget, c.lane, c.stop_after
                          FROM ray_campaign c
                          JOIN ray_revision v ON v.campaign_id = c.id AND v.number = :number AND v.state = 'accepted'
                          JOIN ray_revision u ON u.id = c.current_revision
                         WHERE c.name = :campaign""")
                .bind("campaign", campaign)
                .bind("number", number)
                .map((row, context) -> new Standing(
                        row.getInt("number"),
                        row.getString("digest"),
                        new Money(row.getLong("budget")),
                        Priority.values()[row.getInt("lane")],
                        row.getInt("stop_after")))
                .findOne();
    }

    void accept(Handle handle, long id, Money expected, long now) {
        handle.createUpdate(
                        """
                        UPDATE ray_revision SET state = 'accepted', expected = :expected, accepted_at = :now
                         WHERE id = :id AND state = 'planning'""")
                .bind("id", id)
                .bind("expected", expected.micros())
                .bind("now", now)
                .execute();
    }

    /** Drafts that nobody living writes. */
    List<Draft> abandonedDrafts(Handle handle) {
        return handle.createQuery("SELECT id, campaign_id, epoch FROM ray_revision WHERE state = 'planning' AND epoch"
                        + NodeTable.NOBODYS + " ORDER BY id")
                .map(RevisionTable::toDraft)
                .list();
    }

    /** Drafts of a life. */
    Set<Draft> drafts(Handle handle, long epoch) {
        return handle.createQuery(
                        "SELECT id, campaign_id, epoch FROM ray_revision WHERE state = 'planning' AND epoch = :epoch")
                .bind("epoch", epoch)
                .map(RevisionTable::toDraft)
                .set();
    }

    private static Draft toDraft(ResultSet row, StatementContext context) throws SQLException {
        return new Draft(row.getLong("id"), row.getLong("campaign_id"), row.getLong("epoch"));
    }

    /** @return whether it is ours to remove: its writer, should it still be there, is refused from now on */
    boolean takeDraft(Handle handle, Draft draft, long epoch) {
        return handle.createUpdate(
                                """
                                UPDATE ray_revision SET epoch = :epoch
                                 WHERE id = :id AND state = 'planning' AND epoch = :was""")
                        .bind("id", draft.id())
                        .bind("was", draft.epoch())
                        .bind("epoch", epoch)
                        .execute()
                == 1;
    }

    /** Waits for the draft's row. @return whether it is still a draft, and this epoch's */
    boolean lockDraft(Handle handle, Draft draft) {
        return handle.createQuery(
                        """
                        SELECT id FROM ray_revision
                         WHERE id = :id AND state = 'planning' AND epoch = :epoch FOR UPDATE""")
                .bind("id", draft.id())
                .bind("epoch", draft.epoch())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    void deleteDraft(Handle handle, long id) {
        handle.createUpdate("DELETE FROM ray_revision WHERE id = :id AND state = 'planning'")
                .bind("id", id)
                .execute();
    }

    List<Current> current(Handle handle) {
        return handle.createQuery(CURRENT + " ORDER BY c.name")
                .map(RevisionTable::toCurrent)
                .list();
    }

    Optional<Current> current(Handle handle, String campaign) {
        return handle.createQuery(CURRENT + " WHERE c.name = :campaign")
                .bind("campaign", campaign)
                .map(RevisionTable::toCurrent)
                .findOne();
    }

    /** State by state: asked for all four at once, H2 reads every render of the revision. */
    List<Current> unreported(Handle handle) {
        return handle.createQuery(
                        CURRENT
                                + """

                         WHERE (v.reported_changes IS NULL OR v.reported_changes <> c.changes)
                           AND c.name NOT LIKE :adHoc AND c.archived_at IS NULL
                           AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id AND r.state = 'planned'
                                               AND r.pending_parents = 0)
                           AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id AND r.state = 'submitting')
                           AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id AND r.state = 'rendering')
                           AND NOT EXISTS (SELECT 1 FROM ray_render r WHERE r.revision_id = v.id AND r.state = 'rendered')
                         ORDER BY c.name""")
                .bind("adHoc", AdHocLedger.PREFIX + '%')
                .map(RevisionTable::toCurrent)
                .list();
    }

    void recordReported(Handle handle, String campaign, int number, long changes) {
        handle.createUpdate(
                        """
                        UPDATE ray_revision SET reported_changes = :changes
                         WHERE number = :number
                           AND campaign_id = (SELECT c.id FROM ray_campaign c WHERE c.name = :campaign)""")
                .bind("campaign", campaign)
                .bind("number", number)
                .bind("changes", changes)
                .execute();
    }

    private static Current toCurrent(java.sql.ResultSet row, org.jdbi.v3.core.statement.StatementContext context)
            throws java.sql.SQLException {
        return new Current(
                row.getLong("id"),
                new CampaignStatus(
                        row.getString("name"),
                        row.getInt("number"),
                        row.getString("digest"),
                        row.getString("source"),
                        Map.of(),
                        new Money(row.getLong("budget")),
                        new Money(row.getLong("expected")),
                        new Money(row.getLong("reserved")),
                        new Money(row.getLong("confirmed")),
                        new Money(row.getLong("at_risk")),
                        Micros.instant(row, "accepted_at"),
                        row.getLong("changes")),
                row.getBoolean("drafts"));
    }
}
