package io.camelray.model;

import static io.camelray.model.ProviderName.GMI;
import static io.camelray.model.ProviderName.LUMA;
import static io.camelray.model.ProviderName.REPLICATE;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The capability table (ray-api §0.3): what can be asked for, and of whom. */
public enum Capability implements Labelled {
    TEXT_TO_VIDEO("text to video", LUMA, GMI, REPLICATE),
    IMAGE_TO_VIDEO("image to video (start or end frame, or both)", LUMA, GMI, REPLICATE),
    KEYFRAMES("several keyframes", LUMA),
    EXTEND("extend forward and backward", LUMA, GMI),
    INTERPOLATE_GENERATIONS("interpolate from or to an earlier generation", GMI),
    EDIT("edit", LUMA, GMI),
    EDIT_GUIDE_FRAME("edit with a guide frame", LUMA, GMI),
    EDIT_KEYFRAMES("edit with several guide frames", LUMA),
    SOURCE_BY_URL("edit or reframe a clip from the web or a bucket", LUMA),
    REFRAME("reframe", LUMA, GMI),
    SOURCE_POSITION("reframe with a source position", LUMA),
    DRAFT_360P("360p drafts", LUMA),
    HDR("HDR and EXR (where the account has access)", LUMA, GMI, REPLICATE),
    LOOP("seamless loop", LUMA, GMI, REPLICATE),
    CANCEL("cancel a running job", REPLICATE),
    LIST("list past jobs", GMI, REPLICATE),
    FRESH_URL("mint a fresh download URL", LUMA, GMI),
    WEBHOOK("webhook on completion", REPLICATE),
    THUMBNAIL("thumbnail", GMI);

    private final String label;
    private final Set<ProviderName> providers;

    Capability(String label, ProviderName first, ProviderName... others) {
        this.label = label;
        this.providers = EnumSet.of(first, others);
    }

    @Override
    public String label() {
        return label;
    }

    public boolean isOffered(ProviderName provider) {
        return providers.contains(provider);
    }

    /** Who offers it, in declaration order. */
    public Set<ProviderName> providers() {
        return EnumSet.copyOf(providers);
    }

    /** What a request needs. */
    public static Set<Capability> of(RenderRequest request) {
        EnumSet<Capability> needed = EnumSet.noneOf(Capability.class);
        switch (request.operation()) {
            case GENERATE -> generate(request, needed);
            case EXTEND -> needed.add(EXTEND);
            case EDIT -> edit(request, needed);
            case REFRAME -> {
                needed.add(REFRAME);
                request.sourcePosition().ifPresent(position -> needed.add(SOURCE_POSITION));
                source(request, needed);
            }
        }
        if (request.resolution() == Resolution.P360) {
            needed.add(DRAFT_360P);
        }
        if (request.hdr()) {
            needed.add(HDR);
        }
        if (request.loop()) {
            needed.add(LOOP);
        }
        return needed;
    }

    private static void generate(RenderRequest request, Set<Capability> needed) {
        boolean anchored =
                request.startFrame().isPresent() || request.endFrame().isPresent();
        boolean chained = isGeneration(request.startFrame()) || isGeneration(request.endFrame());
        if (chained) {
            needed.add(INTERPOLATE_GENERATIONS);
        } else if (anchored) {
            needed.add(IMAGE_TO_VIDEO);
        }
        if (!request.keyframes().isEmpty()) {
            needed.add(KEYFRAMES);
        }
        if (needed.isEmpty()) {
            needed.add(TEXT_TO_VIDEO);
        }
    }

    private static void edit(RenderRequest request, Set<Capability> needed) {
        needed.add(EDIT);
        request.startFrame().ifPresent(frame -> needed.add(EDIT_GUIDE_FRAME));
        request.edit()
                .filter(controls -> !controls.keyframes().isEmpty())
                .ifPresent(controls -> needed.add(EDIT_KEYFRAMES));
        source(request, needed);
    }

    private static void source(RenderRequest request, Set<Capability> needed) {
        if (request.source().filter(ref -> ref instanceof MediaRef.Web).isPresent()) {
            needed.add(SOURCE_BY_URL);
        }
    }

    private static boolean isGeneration(Optional<MediaRef> ref) {
        return ref.filter(MediaRef::isGeneration).isPresent();
    }
}
