package io.camelray.rules;

import io.camelray.model.GenerationFacts;
import io.camelray.model.MediaFacts;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderName;
import io.camelray.model.RenderRequest;
import io.camelray.model.SourceLength;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule may know besides the request.
 *
 * @param parent the request of the step that the source, or a frame, refers to
 * @param sourceLength how long the source is, where somebody knows
 * @param facts what was found in those media that were looked into
 * @param urls which addresses may be referred to
 * @param hosted whether files and objects are hosted, so that providers are given URLs of them
 * @param lifted the ids of those rules that the operator has lifted: R40 (for edits at Luma) or R76 (up to 30 s)
 * @param clock tells which presigned URLs are about to expire (R100)
 * @param own the earlier generations that are on record
 */
public record RuleContext(
        ProviderName provider,
        HdrAccess hdrAccess,
        Optional<RenderRequest> parent,
        Optional<SourceLength> sourceLength,
        Map<MediaRef, MediaFacts> facts,
        UrlPolicy urls,
        boolean hosted,
        Set<String> lifted,
        Clock clock,
        OwnGenerations own) {

    /** The rules that can be lifted, because sources contradict each other on them. */
    public static final Set<String> LIFTABLE = Set.of("R40", "R76");

    public RuleContext {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(sourceLength, "sourceLength");
        Objects.requireNonNull(clock, "clock");
        facts = Map.copyOf(facts);
        lifted = Set.copyOf(lifted);
        if (!LIFTABLE.containsAll(lifted)) {
            throw new IllegalArgumentException("Only R40 and R76 can be lifted, not all of " + lifted);
        }
    }

    /** Nothing is known but the provider and the account. */
    public RuleContext(ProviderName provider, HdrAccess hdrAccess) {
        this(
                provider,
                hdrAccess,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                UrlPolicy.PUBLIC,
                false,
                Set.of(),
                Clock.systemUTC(),
                OwnGenerations.NONE);
    }

    public static RuleContext of(ProviderName provider) {
        return new RuleContext(provider, HdrAccess.UNKNOWN);
    }

    public RuleContext withParent(RenderRequest value) {
        return new RuleContext(
                provider, hdrAccess, Optional.of(value), sourceLength, facts, urls, hosted, lifted, clock, own);
    }

    public RuleContext withSourceLength(SourceLength value) {
        return new RuleContext(
                provider, hdrAccess, parent, Optional.of(value), facts, urls, hosted, lifted, clock, own);
    }

    public RuleContext withFacts(Map<MediaRef, MediaFacts> value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, value, urls, hosted, lifted, clock, own);
    }

    public RuleContext withUrls(UrlPolicy value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, facts, value, hosted, lifted, clock, own);
    }

    public RuleContext withHosted(boolean value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, facts, urls, value, lifted, clock, own);
    }

    public RuleContext withLifted(Set<String> value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, facts, urls, hosted, value, clock, own);
    }

    public RuleContext withClock(Clock value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, facts, urls, hosted, lifted, value, own);
    }

    public RuleContext withOwn(OwnGenerations value) {
        return new RuleContext(provider, hdrAccess, parent, sourceLength, facts, urls, hosted, lifted, clock, value);
    }

    Optional<GenerationFacts> recordOf(MediaRef ref) {
        return ref instanceof MediaRef.Generation generation
                ? Optional.ofNullable(own.byId().get(generation.id()))
                : Optional.empty();
    }

    Optional<MediaFacts> factsOf(MediaRef ref) {
        return Optional.ofNullable(facts.get(ref));
    }

    /** How long the source is, where somebody measured or made it. */
    Optional<Double> sourceSeconds(RenderRequest request) {
        return request.source()
                .flatMap(this::factsOf)
                .map(MediaFacts::seconds)
                .filter(seconds -> seconds > 0)
                .or(() -> sourceLength
                        .filter(length -> !length.assumed() && length.expectedSeconds() > 0)
                        .map(SourceLength::expectedSeconds));
    }
}
