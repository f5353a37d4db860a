package io.camelray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium, as Debian packages it, with a profile of its own that is thrown away. */
final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required",
            "--window-size=1280,900");

    /** Says of every new Chromium that it does not know it. Kept, so that its level is. */
    private static final Logger TALKATIVE = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Whether there is one, with its driver. */
    static boolean isInstalled() {
        return program("chromium", "chromium-browser", "google-chrome").isPresent()
                && program("chromedriver").isPresent();
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder empty, for its profile and its downloads */
    static Browser start(Path folder) throws IOException {
        TALKATIVE.setLevel(Level.SEVERE);
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome")
                .orElseThrow()
                .toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + Files.createDirectories(folder.resolve("profile")));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow().toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30)).implicitlyWait(Duration.ofSeconds(20));
        return new Browser(driver, downloads);
    }

    void open(String address) {
        driver.get(address);
    }

    Path downloads() {
        return downloads;
    }

    /** Waits for it. @param css a selector */
    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Waits for it. @param label the accessible name that the page gives it */
    WebElement labelled(String label) {
        return find("[aria-label=\"" + label + "\"]");
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Clicks where a person would: at what is scrolled into the middle, away from what stays at the edges. */
    void click(String css) {
        WebElement element = find(css);
        run("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Plays a clip until it has got somewhere. @return what the browser knows of it then */
    Map<?, ?> play(WebElement video) {
        return (Map<?, ?>) driver.executeAsyncScript(
                """
                const [video, done] = arguments;
                const tell = () => done({time: video.currentTime, ready: video.readyState, width: video.videoWidth,
                  error: video.error === null ? '' : video.error.message});
                video.scrollIntoView();
                video.addEventListener('error', tell, {once: true});
                video.addEventListener('timeupdate', () => video.currentTime > 0.2 && tell());
                video.muted = true;
                video.play().catch(problem => done({error: String(problem)}));
                """,
                video);
    }

    /** Looks at the page on a desk, on a phone and in the dark, keeps what it sees, and has each judged. */
    void inspect(String name) throws IOException {
        look(name + "-desktop", 1280, 900, "light");
        look(name + "-phone", 390, 844, "light");
        look(name + "-dark", 1280, 900, "dark");
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        scheme("light");
    }

    private void look(String name, int width, int height, String scheme) throws IOException {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        scheme(scheme);
        Files.createDirectories(SCREENSHOTS);
        run("window.scrollTo(0, 0)");
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        assertThat(run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name + ": nothing to scroll sideways for")
                .isEqualTo(0L);
        assertThat(findings()).as(name + ": what axe finds serious").isEmpty();
    }

    private void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private List<?> findings() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>)
                driver.executeAsyncScript(
                        """
                const done = arguments[arguments.length - 1];
                axe.run().then(found => done(found.violations
                  .filter(wrong => ['serious', 'critical'].includes(wrong.impact))
                  .map(wrong => wrong.id + ': ' + wrong.help + ' at ' + wrong.nodes.map(node => node.html).join(' '))));
                """);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
