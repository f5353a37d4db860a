package io.camelray.web;

import io.camelray.ledger.LedgerViews.CampaignStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Guesses how long campaigns will take. Whoever knows how long renders take implements it. Thread-safe. */
@FunctionalInterface
public interface TimeGuess {

    /** Nobody guesses. */
    TimeGuess NONE = campaigns -> Map.of();

    /** How long what goes on by itself will take, by campaign; none where nothing goes on or nobody can tell. */
    Map<String, Duration> left(List<CampaignStatus> campaigns);
}
