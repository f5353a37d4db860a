package io.camelray.component;

import org.apache.camel.spi.Metadata;

/** The headers of the {@code ray} component. */
public final class RayConstants {

    @Metadata(label = "producer", description = "The campaign that the message is about", javaType = "String")
    public static final String CAMPAIGN = "CamelRayCampaign";

    @Metadata(
            label = "plan",
            description = "What became of a manifest: accepted, repeated or rejected",
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
            description = "What kind of store the output goes to: s3 or folder",
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

    @Metadata(label = "secure", description = "The key of the output below its bucket or folder", javaType = "String")
    public static final String KEY = "CamelRayKey";

    private RayConstants() {}
}
