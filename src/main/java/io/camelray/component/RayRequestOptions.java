package io.camelray.component;

import org.apache.camel.spi.UriParam;

/**
 * The options of {@code ray:generate}, {@code ray:edit}, {@code ray:reframe} and {@code ray:extend}: a bean, without logic.
 * Those of the render itself can be overridden by a header of the same name with {@code CamelRay} before it.
 */
public abstract class RayRequestOptions {

    @UriParam(
            label = "request",
            enums = "luma,gmi,replicate",
            description = "Who renders; by default the component's provider. Never taken from a message")
    private String provider;

    @UriParam(
            label = "request",
            description = "Who pays, if it is not the provider's account. Never taken from a message")
    private String account;

    @UriParam(
            label = "request",
            description =
                    "The most that one request may cost, further attempts included (US dollars); by default the component's budgetDefault. Never taken from a message")
    private String budget;

    @UriParam(
            label = "request",
            defaultValue = "30m",
            javaType = "java.time.Duration",
            description =
                    "How long a message waits for its render before it is detached, which ends the waiting and not the render (milliseconds); 0 waits for as long as it takes")
    private long timeout = 1_800_000;

    @UriParam(label = "request", description = "What the video shows; by default the message's body")
    private String prompt;

    @UriParam(
            label = "generate,extend,reframe",
            enums = "9:16,3:4,1:1,4:3,16:9,21:9",
            description = "The shape of the picture; where it can be left out, the model decides")
    private String aspectRatio;

    @UriParam(
            label = "request",
            enums = "360p,540p,720p,1080p",
            description = "The size of the picture; 720p unless it is said")
    private String resolution;

    @UriParam(label = "generate,extend", enums = "5s,10s", description = "How long the clip is; 5s unless it is said")
    private String duration;

    @UriParam(label = "request", description = "Whether to render in high dynamic range")
    private Boolean hdr;

    @UriParam(label = "request", description = "Whether to make an EXR file as well; needs hdr")
    private Boolean exrExport;

    @UriParam(label = "generate", description = "Whether the clip ends as it begins")
    private Boolean loop;

    @UriParam(
            label = "generate,edit",
            description =
                    "The first picture, or a guide for edit: an https address, an s3 object, a file or an earlier generation")
    private String startFrame;

    @UriParam(
            label = "generate",
            description = "The last picture: an https address, an s3 object, a file or an earlier generation")
    private String endFrame;

    @UriParam(
            label = "generate",
            description =
                    "Pictures on the way, as JSON: a list of objects with at, in frames of 24 a second or in seconds such as 2.5s, and image")
    private String keyframes;

    @UriParam(
            label = "extend,edit,reframe",
            description =
                    "The clip to start from: the id of a generation (a UUID, or generation: and the id), an https address, an s3 object or a file")
    private String source;

    @UriParam(
            label = "extend",
            enums = "forward,backward",
            description = "Where an extension goes; forward unless it is said")
    private String direction;

    @UriParam(
            label = "edit",
            description =
                    "The controls of an edit, as JSON: an object with autoControls, or with strength, pose, depth, normals, trajectory and face; and with keyframes as guides")
    private String edit;

    @UriParam(
            label = "reframe",
            description =
                    "Where the source lies on the new canvas, as JSON: an object with x, y, width and height in fractions of the canvas")
    private String sourcePosition;

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getBudget() {
        return budget;
    }

    public void setBudget(String budget) {
        this.budget = budget;
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    public String getPrompt() {
        return prompt;
    }

    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    public String getAspectRatio() {
        return aspectRatio;
    }

    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    public String getResolution() {
        return resolution;
    }

    public void setResolution(String resolution) {
        this.resolution = resolution;
    }

    public String getDuration() {
        return duration;
    }

    public void setDuration(String duration) {
        this.duration = duration;
    }

    public Boolean getHdr() {
        return hdr;
    }

    public void setHdr(Boolean hdr) {
        this.hdr = hdr;
    }

    public Boolean getExrExport() {
        return exrExport;
    }

    public void setExrExport(Boolean exrExport) {
        this.exrExport = exrExport;
    }

    public Boolean getLoop() {
        return loop;
    }

    public void setLoop(Boolean loop) {
        this.loop = loop;
    }

    public String getStartFrame() {
        return startFrame;
    }

    public void setStartFrame(String startFrame) {
        this.startFrame = startFrame;
    }

    public String getEndFrame() {
        return endFrame;
    }

    public void setEndFrame(String endFrame) {
        this.endFrame = endFrame;
    }

    public String getKeyframes() {
        return keyframes;
    }

    public void setKeyframes(String keyframes) {
        this.keyframes = keyframes;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public String getDirection() {
        return direction;
    }

    public void setDirection(String direction) {
        this.direction = direction;
    }

    public String getEdit() {
        return edit;
    }

    public void setEdit(String edit) {
        this.edit = edit;
    }

    public String getSourcePosition() {
        return sourcePosition;
    }

    public void setSourcePosition(String sourcePosition) {
        this.sourcePosition = sourcePosition;
    }
}
