package io.murmuration.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Clock;
import io.murmuration.cli.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, driven by its own driver. It takes names under {@code localhost} for this machine by itself. */
final class Browser implements AutoCloseable {
    private static final int WIDTH = 1_200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Optional<Path> chromium() {
        return program("chromium", "chromium-browser", "google-chrome");
    }

    static Optional<Path> itsDriver() {
        return program("chromedriver");
    }

    private static Optional<Path> program(String... names) {
        var folders = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(names)
                .flatMap(name -> Pattern.compile(":").splitAsStream(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder */
    static Browser open(Path profile) {
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(itsDriver().orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-GB",
                "--window-size=" + WIDTH + ",1000",
                "--user-data-dir=" + profile);
        return new Browser(new ChromeDriver(service, options));
    }

    void go(String page) {
        driver.get(page);
    }

    String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    /** Waits until an element says so. */
    void awaitText(String id, String part) {
        assertThat(await(() -> text(id).contains(part)))
                .withFailMessage(() -> id + " says " + text(id) + ", not " + part + "; " + complaints())
                .isTrue();
    }

    void type(String id, String text) {
        var field = driver.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
    }

    void press(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Whether it becomes so in time. What is replaced while it is looked at is looked at again. */
    boolean await(BooleanSupplier condition) {
        return Deadline.after(Clock.system(), PATIENCE).await(() -> {
            try {
                return condition.getAsBoolean();
            } catch (StaleElementReferenceException replaced) {
                return false;
            }
        });
    }

    String run(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** Errors and warnings in its console: files that are missing, scripts that fail. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Of the whole page. */
    void picture(Path file) throws IOException {
        var inside = Integer.parseInt(run("return document.documentElement.scrollHeight"));
        var frame = Integer.parseInt(run("return outerHeight - innerHeight"));
        driver.manage().window().setSize(new Dimension(WIDTH, inside + frame));
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
