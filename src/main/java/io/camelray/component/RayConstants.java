package io.camelray.component;

import org.apache.camel.spi.Metadata;

/** The headers of the {@code ray} component. */
public final class RayConstants {

    @Metadata(label = "producer", description = "The campaign that the message is about", javaType = "String")
    public static final String CAMPAIGN = "CamelRayCampaign";

    @Metadata(
            label = "plan",
            description =
                    "What became of a manifest: accepted, repeated or rejected; of a list of renders to retry, and of an approval sheet, also partly",
            javaType = "String",
            important = true)
    public static final String OUTCOME = "CamelRayOutcome";

    @Metadata(
            label = "plan",
            description = "The revision of the campaign that holds the manifest",
            javaType = "Integer")
    public static final String REVISION = "CamelRayRevision";

    @Metadata(
            label = "plan",
            description =
                    "Where the manifest is to be filed, relative to the home folder: below accepted or rejected, under a name that is free",
            javaType = "String")
    public static final String FILED_AS = "CamelRayFiledAs";

    @Metadata(
            label = "plan",
            description = "The last part of CamelRayFiledAs: the name under which the manifest is to be filed",
            javaType = "String")
    public static final String FILED_NAME = "CamelRayFiledName";

    @Metadata(
            label = "consumer",
            description = "The render that the message is about, such as R17",
            javaType = "String")
    public static final String RENDER_ID = "CamelRayRenderId";

    @Metadata(label = "consumer", description = "The account that pays for the render", javaType = "String")
    public static final String ACCOUNT = "CamelRayAccount";

    @Metadata(
            label = "submit",
            description = "What became of the submission: accepted, waits, refused or unknown",
            javaType = "String")
    public static final String SUBMISSION = "CamelRaySubmission";

    @Metadata(
            label = "secure",
            description =
                    "What stores the output: s3 (aws2-s3 can), folder (file can), or ray where only ray:store can: in parts, encrypted, in place of a file, or without replacing what is there",
            javaType = "String",
            important = true)
    public static final String STORE = "CamelRayStore";

    @Metadata(
            label = "secure",
            description = "The bucket of an output that goes to S3; always one that ray.deliver.allow permits",
            javaType = "String")
    public static final String BUCKET = "CamelRayBucket";

    @Metadata(
            label = "secure",
            description = "The folder of an output that goes to a folder; always one that ray.deliver.allow permits",
            javaType = "String")
    public static final String FOLDER = "CamelRayFolder";

    @Metadata(
            label = "secure",
            description =
                    "What to call an output in its folder until it is whole; no two writers get the same name, and what dead ones left of the output is removed",
            javaType = "String")
    public static final String DRAFT = "CamelRayDraft";

    @Metadata(label = "secure", description = "The key of the output below its bucket or folder", javaType = "String")
    public static final String OBJECT_KEY = "CamelRayObjectKey";

    @Metadata(
            label = "request",
            description =
                    "What a request is called: asking again with the same key attaches to the render that was paid for. Made up where it is missing",
            javaType = "String",
            important = true)
    public static final String KEY = "CamelRayKey";

    @Metadata(label = "request", description = "Overrides the option prompt", javaType = "String")
    public static final String PROMPT = "CamelRayPrompt";

    @Metadata(label = "request", description = "Overrides the option aspectRatio", javaType = "String")
    public static final String ASPECT_RATIO = "CamelRayAspectRatio";

    @Metadata(label = "request", description = "Overrides the option resolution", javaType = "String")
    public static final String RESOLUTION = "CamelRayResolution";

    @Metadata(label = "request", description = "Overrides the option duration", javaType = "String")
    public static final String DURATION = "CamelRayDuration";

    @Metadata(label = "request", description = "Overrides the option hdr", javaType = "Boolean")
    public static final String HDR = "CamelRayHdr";

    @Metadata(label = "request", description = "Overrides the option exrExport", javaType = "Boolean")
    public static final String EXR_EXPORT = "CamelRayExrExport";

    @Metadata(label = "request", description = "Overrides the option loop", javaType = "Boolean")
    public static final String LOOP = "CamelRayLoop";

    @Metadata(
            label = "request",
            description = "Overrides the option startFrame; a file only in a folder that ray.assets.allow names",
            javaType = "String")
    public static final String START_FRAME = "CamelRayStartFrame";

    @Metadata(
            label = "request",
            description = "Overrides the option endFrame; a file only in a folder that ray.assets.allow names",
            javaType = "String")
    public static final String END_FRAME = "CamelRayEndFrame";

    @Metadata(
            label = "request",
            description = "Overrides the option keyframes; a file only in a folder that ray.assets.allow names",
            javaType = "String or java.util.List")
    public static final String KEYFRAMES = "CamelRayKeyframes";

    @Metadata(
            label = "request",
            description = "Overrides the option source; a file only in a folder that ray.assets.allow names",
            javaType = "String")
    public static final String SOURCE = "CamelRaySource";

    @Metadata(label = "request", description = "Overrides the option direction", javaType = "String")
    public static final String DIRECTION = "CamelRayDirection";

    @Metadata(
            label = "request",
            description = "Overrides the option edit; a file only in a folder that ray.assets.allow names",
            javaType = "String or java.util.Map")
    public static final String EDIT = "CamelRayEdit";

    @Metadata(
            label = "request",
            description = "Overrides the option sourcePosition",
            javaType = "String or java.util.Map")
    public static final String SOURCE_POSITION = "CamelRaySourcePosition";

    @Metadata(label = "request", description = "The provider that rendered", javaType = "String")
    public static final String PROVIDER = "CamelRayProvider";

    @Metadata(label = "request", description = "The provider's id of the job", javaType = "String")
    public static final String JOB_ID = "CamelRayJobId";

    @Metadata(
            label = "request",
            description =
                    "What the provider refers to the result with, as the source of another request (generation: and this id); missing where it has no such thing",
            javaType = "String")
    public static final String CHAIN_ID = "CamelRayChainId";

    @Metadata(
            label = "request",
            description = "What the render has cost, by the price book (US dollars)",
            javaType = "java.math.BigDecimal")
    public static final String PRICE = "CamelRayPrice";

    @Metadata(label = "request", description = "The SHA-256 of the video, hexadecimal", javaType = "String")
    public static final String SHA256 = "CamelRaySha256";

    @Metadata(label = "request", description = "The size of the video in bytes", javaType = "Long")
    public static final String BYTES = "CamelRayBytes";

    @Metadata(label = "request", description = "The content type of the video", javaType = "String")
    public static final String CONTENT_TYPE = "CamelRayContentType";

    @Metadata(label = "request", description = "The EXR file, where one was asked for", javaType = "java.io.File")
    public static final String EXR_FILE = "CamelRayExrFile";

    @Metadata(
            label = "events",
            description = "The id of the event, the same however often it is handed over",
            javaType = "String")
    public static final String EVENT_ID = "CamelRayEventId";

    @Metadata(
            label = "events",
            description = "The type of the event, such as io.camelray.render.delivered",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelRayEventType";

    @Metadata(label = "fired", description = "The schedule that fired", javaType = "String")
    public static final String SCHEDULE = "CamelRaySchedule";

    @Metadata(label = "fired", description = "The time for which a schedule fired", javaType = "java.time.Instant")
    public static final String FIRE_TIME = "CamelRayFireTime";

    private RayConstants() {}
}
