package io.camelray.component;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.spi.Metadata;
import software.amazon.awssdk.services.s3.S3Client;

/** The options of the {@code ray} component: a bean, without logic. {@link RaySettings} reads and checks them. */
public abstract class RayComponentOptions extends RayUpkeepOptions {

    @Metadata(
            label = "common",
            defaultValue = "./work",
            description = "The folder that holds the spool, the receipts and, by default, the ledger")
    private String home = "./work";

    @Metadata(label = "common", defaultValue = "luma", description = "The provider of manifests that name none")
    private String provider = "luma";

    @Metadata(label = "security", secret = true, description = "The API key of the account luma")
    private String lumaApiKey;

    @Metadata(label = "common", description = "Where Luma is reached, instead of its public address")
    private String lumaBaseUrl;

    @Metadata(label = "security", secret = true, description = "The API key of the account gmi")
    private String gmiApiKey;

    @Metadata(label = "common", description = "Where GMI Cloud is reached, instead of its public address")
    private String gmiBaseUrl;

    @Metadata(label = "security", secret = true, description = "The API token of the account replicate")
    private String replicateApiToken;

    @Metadata(label = "common", description = "Where Replicate is reached, instead of its public address")
    private String replicateBaseUrl;

    @Metadata(
            label = "accounts",
            secret = true,
            description =
                    "Further accounts, as the properties ray.accounts.* would say: second.provider, second.key, second.base-url, second.requests-per-minute, second.max-concurrent, second.max-posting, second.hdr; and allow, the names that a manifest may choose")
    private Map<String, Object> accounts;

    @Metadata(
            label = "accounts",
            defaultValue = "true",
            description = "Whether further accounts are read from the properties ray.accounts.*")
    private boolean readAccounts = true;

    @Metadata(
            label = "accounts",
            description =
                    "The public base address at which a route hands /webhooks/replicate/ACCOUNT to ray:webhook; without it, Replicate is not asked to call back")
    private String webhookUrl;

    @Metadata(
            label = "security",
            secret = true,
            description =
                    "What Replicate signs webhooks with (whsec_…); without it, each account's secret is fetched once")
    private String webhookSecret;

    @Metadata(
            label = "common",
            description =
                    "Where manifests deliver that do not say: s3://bucket/prefix or file:folder; by default the folder outputs below the home")
    private String deliverTo;

    @Metadata(
            label = "security",
            description =
                    "The destinations, comma-separated, below which manifests may deliver; by default what deliverTo says")
    private String deliverAllow;

    @Metadata(
            label = "common",
            description =
                    "Where files are hosted for providers, s3://bucket/prefix; without it only what is small can be sent along")
    private String assetsBucket;

    @Metadata(
            label = "assets",
            description =
                    "Where the files that manifests name are kept until they are submitted; without it, the folder assets in the home. Nodes that share a ledger share this folder too")
    private String assetsFolder;

    @Metadata(
            label = "security",
            description =
                    "Folders and bucket prefixes, comma-separated, that references may lead to besides the manifest's own folder")
    private String assetsAllow;

    @Metadata(
            label = "ledger",
            description =
                    "The JDBC URL of the ledger. Without it, and without a DataSource in the registry, the ledger is kept in memory")
    private String ledgerUrl;

    @Metadata(label = "ledger", description = "The user of the ledger's database")
    private String ledgerUsername;

    @Metadata(label = "ledger", secret = true, description = "The password of the ledger's database")
    private String ledgerPassword;

    @Metadata(label = "money", description = "A folder with price books of your own, which go before those in the jar")
    private String pricing;

    @Metadata(
            label = "money",
            defaultValue = "50.00",
            description = "The budget of a campaign that names none (US dollars)")
    private String budgetDefault = "50.00";

    @Metadata(
            label = "money",
            defaultValue = "100.00",
            description = "The most that may be spent in one day over all campaigns (US dollars)")
    private String budgetDaily = "100.00";

    @Metadata(
            label = "money",
            defaultValue = "UTC",
            description = "The time zone in which a day of the daily budget begins")
    private String timeZone = "UTC";

    @Metadata(
            label = "common",
            description =
                    "The folder with manifests that are planned by time, which ray:fired hands over; without it, there are none")
    private String schedules;

    @Metadata(label = "common", defaultValue = "10000", description = "The most renders that one manifest may ask for")
    private int maxRenders = 10000;

    @Metadata(
            label = "limits",
            defaultValue = "30",
            description = "Submissions of an account within any minute, until the provider's headers teach otherwise")
    private int requestsPerMinute = 30;

    @Metadata(label = "limits", defaultValue = "10", description = "Jobs of an account at the provider at once")
    private int maxConcurrent = 10;

    @Metadata(label = "limits", defaultValue = "4", description = "Submissions of an account on the wire at once")
    private int maxPosting = 4;

    @Metadata(
            label = "retry",
            defaultValue = "8",
            description = "How often a render that was provably not accepted is submitted again")
    private int retryTechnical = 8;

    @Metadata(
            label = "retry",
            defaultValue = "2",
            description = "How many further paid attempts follow one that the provider failed")
    private int retryCreative = 2;

    @Metadata(
            label = "retry",
            defaultValue = "hold",
            enums = "hold,resubmit",
            description =
                    "What becomes of a render whose submission ended unknown: hold waits for a person; resubmit plans it again when the provider's hour is over, at the risk of paying twice")
    private String unknown = "hold";

    @Metadata(
            label = "retry",
            defaultValue = "true",
            description = "Whether Luma's own answers 502 and 503 prove that nothing was accepted")
    private boolean trust502 = true;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            description = "Ask for a status first after this long, instead of learning when (milliseconds)")
    private long initialPollDelay;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            description = "Then ask at this interval, instead of learning when (milliseconds)")
    private long pollInterval;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "90000",
            description =
                    "How long the provider may be silent while it answers, and half of what a whole answer may take (milliseconds); a submission that takes longer is unknown")
    private long replyTimeout = 90_000;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "120000",
            description =
                    "How long a completed job may name no video before its render fails (milliseconds); it is paid for, and files may come late")
    private long outputPatience = 120_000;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether outputs may be fetched from private addresses and over plain http; for tests and the sandbox only")
    private boolean downloadAllowPrivate;

    @Metadata(
            label = "delivery",
            defaultValue = "5GB",
            description =
                    "Larger files go into buckets in parts: bytes, or a number with KB, MB or GB; S3 takes 5 GB at most in one request")
    private String deliverMultipartAbove = "5GB";

    @Metadata(
            label = "delivery",
            defaultValue = "64MB",
            description = "The size of such a part: bytes, or a number with KB, MB or GB; AWS takes no less than 5 MiB")
    private String deliverPartSize = "64MB";

    @Metadata(
            label = "delivery",
            description =
                    "The key that buckets encrypt outputs with (SSE-KMS): its id or ARN; without it, as the bucket says")
    private String deliverKmsKey;

    @Metadata(
            label = "delivery",
            defaultValue = "true",
            description = "Whether objects in buckets get tags: campaign, sku, step, price, ai-generated")
    private boolean deliverTags = true;

    @Metadata(
            label = "delivery",
            defaultValue = "overwrite",
            description =
                    "What becomes of another object under an output's key: overwrite replaces it, version stores under the next free name, fail leaves it and waits until it is gone")
    private String deliverExisting = "overwrite";

    @Metadata(
            label = "delivery",
            javaType = "java.time.Duration",
            defaultValue = "900000",
            description =
                    "How long before its URL dies an output that is not in the spool yet is an alarm (milliseconds)")
    private long deliverExpiryMargin = 900_000;

    @Metadata(
            label = "delivery",
            javaType = "java.time.Duration",
            defaultValue = "30000",
            description =
                    "How long a destination may take outputs without any of them being stored before only one at a time is sent there, so that it does not hold up everything else (milliseconds)")
    private long deliverSilence = 30_000;

    @Metadata(
            label = "delivery",
            defaultValue = "50GB",
            description =
                    "How much may wait in the spool before nothing more is submitted: bytes, or a number with KB, MB or GB; 0: no limit")
    private String spoolLimit = "50GB";

    @Metadata(
            label = "delivery",
            description =
                    "A folder on a disk that all nodes see, in which outputs of Replicate lie a second time until they are delivered, because no URL of theirs can be made anew; empty: none")
    private String spoolMirror;

    @Metadata(
            label = "delivery",
            defaultValue = "10GB",
            description = "No output may be larger: bytes, or a number with KB, MB or GB")
    private String downloadMaxSize = "10GB";

    @Metadata(
            label = "delivery",
            javaType = "java.time.Duration",
            defaultValue = "1800000",
            description = "How long one download of an output may take in all (milliseconds)")
    private long downloadTimeout = 1_800_000;

    @Metadata(
            label = "delivery",
            javaType = "java.time.Duration",
            defaultValue = "60000",
            description = "Over this time a download must reach 8 kB a second, or it is begun again (milliseconds)")
    private long downloadWindow = 60_000;

    @Metadata(label = "s3", description = "The address of an S3-compatible store, instead of AWS")
    private String s3Endpoint;

    @Metadata(label = "s3", description = "The region of the buckets, instead of what the AWS SDK finds")
    private String s3Region;

    @Metadata(
            label = "s3",
            defaultValue = "false",
            description = "Whether buckets are addressed in the path; always so with an s3Endpoint")
    private boolean s3PathStyle;

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "The database that holds the ledger, instead of one at ledgerUrl")
    private DataSource dataSource;

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "The client for S3, instead of one made from the AWS SDK's own configuration")
    private S3Client amazonS3Client;

    public String getHome() {
        return home;
    }

    public void setHome(String home) {
        this.home = home;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getLumaApiKey() {
        return lumaApiKey;
    }

    public void setLumaApiKey(String lumaApiKey) {
        this.lumaApiKey = lumaApiKey;
    }

    public String getLumaBaseUrl() {
        return lumaBaseUrl;
    }

    public void setLumaBaseUrl(String lumaBaseUrl) {
        this.lumaBaseUrl = lumaBaseUrl;
    }

    public String getGmiApiKey() {
        return gmiApiKey;
    }

    public void setGmiApiKey(String gmiApiKey) {
        this.gmiApiKey = gmiApiKey;
    }

    public String getGmiBaseUrl() {
        return gmiBaseUrl;
    }

    public void setGmiBaseUrl(String gmiBaseUrl) {
        this.gmiBaseUrl = gmiBaseUrl;
    }

    public String getReplicateApiToken() {
        return replicateApiToken;
    }

    public void setReplicateApiToken(String replicateApiToken) {
        this.replicateApiToken = replicateApiToken;
    }

    public String getReplicateBaseUrl() {
        return replicateBaseUrl;
    }

    public void setReplicateBaseUrl(String replicateBaseUrl) {
        this.replicateBaseUrl = replicateBaseUrl;
    }

    public Map<String, Object> getAccounts() {
        return accounts;
    }

    public void setAccounts(Map<String, Object> accounts) {
        this.accounts = accounts;
    }

    public boolean isReadAccounts() {
        return readAccounts;
    }

    public void setReadAccounts(boolean readAccounts) {
        this.readAccounts = readAccounts;
    }

    public String getWebhookUrl() {
        return webhookUrl;
    }

    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = webhookUrl;
    }

    public String getWebhookSecret() {
        return webhookSecret;
    }

    public void setWebhookSecret(String webhookSecret) {
        this.webhookSecret = webhookSecret;
    }

    public String getDeliverTo() {
        return deliverTo;
    }

    public void setDeliverTo(String deliverTo) {
        this.deliverTo = deliverTo;
    }

    public String getDeliverAllow() {
        return deliverAllow;
    }

    public void setDeliverAllow(String deliverAllow) {
        this.deliverAllow = deliverAllow;
    }

    public String getAssetsBucket() {
        return assetsBucket;
    }

    public void setAssetsBucket(String assetsBucket) {
        this.assetsBucket = assetsBucket;
    }

    public String getAssetsFolder() {
        return assetsFolder;
    }

    public void setAssetsFolder(String assetsFolder) {
        this.assetsFolder = assetsFolder;
    }

    public String getAssetsAllow() {
        return assetsAllow;
    }

    public void setAssetsAllow(String assetsAllow) {
        this.assetsAllow = assetsAllow;
    }

    public String getLedgerUrl() {
        return ledgerUrl;
    }

    public void setLedgerUrl(String ledgerUrl) {
        this.ledgerUrl = ledgerUrl;
    }

    public String getLedgerUsername() {
        return ledgerUsername;
    }

    public void setLedgerUsername(String ledgerUsername) {
        this.ledgerUsername = ledgerUsername;
    }

    public String getLedgerPassword() {
        return ledgerPassword;
    }

    public void setLedgerPassword(String ledgerPassword) {
        this.ledgerPassword = ledgerPassword;
    }

    public String getPricing() {
        return pricing;
    }

    public void setPricing(String pricing) {
        this.pricing = pricing;
    }

    public String getBudgetDefault() {
        return budgetDefault;
    }

    public void setBudgetDefault(String budgetDefault) {
        this.budgetDefault = budgetDefault;
    }

    public String getBudgetDaily() {
        return budgetDaily;
    }

    public void setBudgetDaily(String budgetDaily) {
        this.budgetDaily = budgetDaily;
    }

    public String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }

    public String getSchedules() {
        return schedules;
    }

    public void setSchedules(String schedules) {
        this.schedules = schedules;
    }

    public int getMaxRenders() {
        return maxRenders;
    }

    public void setMaxRenders(int maxRenders) {
        this.maxRenders = maxRenders;
    }

    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public int getMaxConcurrent() {
        return maxConcurrent;
    }

    public void setMaxConcurrent(int maxConcurrent) {
        this.maxConcurrent = maxConcurrent;
    }

    public int getMaxPosting() {
        return maxPosting;
    }

    public void setMaxPosting(int maxPosting) {
        this.maxPosting = maxPosting;
    }

    public int getRetryTechnical() {
        return retryTechnical;
    }

    public void setRetryTechnical(int retryTechnical) {
        this.retryTechnical = retryTechnical;
    }

    public int getRetryCreative() {
        return retryCreative;
    }

    public void setRetryCreative(int retryCreative) {
        this.retryCreative = retryCreative;
    }

    public String getUnknown() {
        return unknown;
    }

    public void setUnknown(String unknown) {
        this.unknown = unknown;
    }

    public boolean isTrust502() {
        return trust502;
    }

    public void setTrust502(boolean trust502) {
        this.trust502 = trust502;
    }

    public long getInitialPollDelay() {
        return initialPollDelay;
    }

    public void setInitialPollDelay(long initialPollDelay) {
        this.initialPollDelay = initialPollDelay;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public long getReplyTimeout() {
        return replyTimeout;
    }

    public void setReplyTimeout(long replyTimeout) {
        this.replyTimeout = replyTimeout;
    }

    public long getOutputPatience() {
        return outputPatience;
    }

    public void setOutputPatience(long outputPatience) {
        this.outputPatience = outputPatience;
    }

    public String getDeliverMultipartAbove() {
        return deliverMultipartAbove;
    }

    public void setDeliverMultipartAbove(String deliverMultipartAbove) {
        this.deliverMultipartAbove = deliverMultipartAbove;
    }

    public String getDeliverPartSize() {
        return deliverPartSize;
    }

    public void setDeliverPartSize(String deliverPartSize) {
        this.deliverPartSize = deliverPartSize;
    }

    public String getDeliverKmsKey() {
        return deliverKmsKey;
    }

    public void setDeliverKmsKey(String deliverKmsKey) {
        this.deliverKmsKey = deliverKmsKey;
    }

    public boolean isDeliverTags() {
        return deliverTags;
    }

    public void setDeliverTags(boolean deliverTags) {
        this.deliverTags = deliverTags;
    }

    public String getDeliverExisting() {
        return deliverExisting;
    }

    public void setDeliverExisting(String deliverExisting) {
        this.deliverExisting = deliverExisting;
    }

    public long getDeliverExpiryMargin() {
        return deliverExpiryMargin;
    }

    public void setDeliverExpiryMargin(long deliverExpiryMargin) {
        this.deliverExpiryMargin = deliverExpiryMargin;
    }

    public long getDeliverSilence() {
        return deliverSilence;
    }

    public void setDeliverSilence(long deliverSilence) {
        this.deliverSilence = deliverSilence;
    }

    public String getSpoolLimit() {
        return spoolLimit;
    }

    public void setSpoolLimit(String spoolLimit) {
        this.spoolLimit = spoolLimit;
    }

    public String getSpoolMirror() {
        return spoolMirror;
    }

    public void setSpoolMirror(String spoolMirror) {
        this.spoolMirror = spoolMirror;
    }

    public String getDownloadMaxSize() {
        return downloadMaxSize;
    }

    public void setDownloadMaxSize(String downloadMaxSize) {
        this.downloadMaxSize = downloadMaxSize;
    }

    public long getDownloadTimeout() {
        return downloadTimeout;
    }

    public void setDownloadTimeout(long downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
    }

    public long getDownloadWindow() {
        return downloadWindow;
    }

    public void setDownloadWindow(long downloadWindow) {
        this.downloadWindow = downloadWindow;
    }

    public boolean isDownloadAllowPrivate() {
        return downloadAllowPrivate;
    }

    public void setDownloadAllowPrivate(boolean downloadAllowPrivate) {
        this.downloadAllowPrivate = downloadAllowPrivate;
    }

    public String getS3Endpoint() {
        return s3Endpoint;
    }

    public void setS3Endpoint(String s3Endpoint) {
        this.s3Endpoint = s3Endpoint;
    }

    public String getS3Region() {
        return s3Region;
    }

    public void setS3Region(String s3Region) {
        this.s3Region = s3Region;
    }

    public boolean isS3PathStyle() {
        return s3PathStyle;
    }

    public void setS3PathStyle(boolean s3PathStyle) {
        this.s3PathStyle = s3PathStyle;
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public S3Client getAmazonS3Client() {
        return amazonS3Client;
    }

    public void setAmazonS3Client(S3Client amazonS3Client) {
        this.amazonS3Client = amazonS3Client;
    }
}
