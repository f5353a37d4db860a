package io.camelray.engine;

import io.camelray.assets.HostedMedia;
import io.camelray.assets.MediaRefusal;
import io.camelray.ledger.SubmissionLedger.DueRender;
import io.camelray.model.Failure;
import io.camelray.model.FailureClass;
import io.camelray.model.MediaRef;
import io.camelray.model.ProviderName;
import io.camelray.provider.MediaResolver;
import io.camelray.provider.ResolvedMedia;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes everything that a render starts from ready for its provider, just before the {@code POST}: parents' results become
 * chain ids, files and objects are hosted or sent along. Nothing of this may happen after the intent (design §6).
 */
final class MediaPreparer {

    /** What Luma comfortably takes inline (ray-api §1.1.14, R105). */
    private static final long LUMA_INLINE = 4L << 20;
    /** GMI takes a source only inline or by generation (R88, R90, R105). */
    private static final long GMI_SOURCE_INLINE = 7L << 20;

    private final RenderMedia media;

    MediaPreparer(RenderMedia media) {
        this.media = media;
    }

    /** What preparing came to. */
    sealed interface Prepared {

        record Ready(MediaResolver media) implements Prepared {}

        /** Try again later. */
        record NotNow(String reason) implements Prepared {}

        /** It will never be ready. */
        record Never(Failure failure) implements Prepared {}
    }

    Prepared prepare(DueRender render) {
        Map<MediaRef, ResolvedMedia> resolved = new LinkedHashMap<>();
        List<MediaRef> references = render.request().media().distinct().toList();
        for (MediaRef ref : references) {
            Optional<ResolvedMedia> chained = chained(render, ref);
            if (chained.isPresent()) {
                resolved.put(ref, chained.get());
                continue;
            }
            HostedMedia hosted = host(render, ref);
            if (hosted instanceof HostedMedia.AtUrl at) {
                resolved.put(ref, new ResolvedMedia.Url(at.url(), at.mediaType()));
            } else if (hosted instanceof HostedMedia.InLine inline) {
                resolved.put(ref, new ResolvedMedia.Inline(inline.base64(), inline.mediaType()));
            } else {
                return refused((MediaRefusal) hosted);
            }
        }
        return new Prepared.Ready(ref -> Optional.ofNullable(resolved.get(ref))
                .orElseThrow(() -> new IllegalStateException("Nothing was prepared for " + ref)));
    }

    private static Optional<ResolvedMedia> chained(DueRender render, MediaRef ref) {
        if (ref instanceof MediaRef.Generation generation) {
            return Optional.of(new ResolvedMedia.Chained(generation.id()));
        }
        if (ref instanceof MediaRef.Step step) {
            String id = render.chainIds().get(step.id());
            if (id == null) {
                throw new IllegalStateException("Render " + render.id() + " is due without the result of " + step.id());
            }
            return Optional.of(new ResolvedMedia.Chained(id));
        }
        return Optional.empty();
    }

    private HostedMedia host(DueRender render, MediaRef ref) {
        boolean source = render.request().source().filter(ref::equals).isPresent();
        MediaRef found = ref instanceof MediaRef.LocalFile file ? media.kept().find(file) : ref;
        Path folder = media.kept().folder();
        if (render.provider() == ProviderName.GMI && source) {
            return media.inlineHost().host(found, folder, GMI_SOURCE_INLINE);
        }
        return media.host().host(found, folder, render.provider() == ProviderName.LUMA ? LUMA_INLINE : 0);
    }

    private static Prepared refused(MediaRefusal refusal) {
        if (refusal instanceof MediaRefusal.Unreachable unreachable && unreachable.retryable()) {
            return new Prepared.NotNow(unreachable.reason());
        }
        return new Prepared.Never(new Failure(FailureClass.INPUT, refusal.reason(), refusal.remedy()));
    }
}
