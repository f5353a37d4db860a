package io.camelray.ledger;

/** Micro-dollars to add to the three sums of a campaign and of a budget day. */
record MoneyChange(long reserved, long confirmed, long atRisk) {

    /** What changes when an attempt's stake moves; {@code charge} is what it costs if that is known. */
    static MoneyChange between(Stake from, long chargedBefore, Stake to, long charge, long reserve) {
        return new MoneyChange(
                (to == Stake.RESERVED ? reserve : 0) - (from == Stake.RESERVED ? reserve : 0),
                (to == Stake.CONFIRMED ? charge : 0) - (from == Stake.CONFIRMED ? chargedBefore : 0),
                (to == Stake.AT_RISK ? reserve : 0) - (from == Stake.AT_RISK ? reserve : 0));
    }

    static MoneyChange reserve(long amount) {
        return new MoneyChange(amount, 0, 0);
    }
}
