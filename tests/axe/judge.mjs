// Judges pages by axe-core in a browser that is installed, and measures what axe does not: whether a page must be scrolled
// sideways, the contrast of every text, what the keyboard reaches. Takes a JSON list of {file, width, scheme, forced,
// contrast, media, steps} on standard input; writes a list of {violations, incomplete, ratios, scroll, shown, fonts,
// asked, focus} in the same order. With a folder as second argument it leaves a picture of each page there.
// usage: node judge.mjs BROWSER [FOLDER]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wishes = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({
  executablePath: process.argv[2],
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page is opened once for all its views, but for one that the keyboard goes through, which leaves its mark there.
const opened = new Map();

async function open(file) {
  const page = await browser.newPage({ bypassCSP: true });
  const asked = [];
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) asked.push(request.url()); });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate(axe);
  return { page, asked };
}

async function judge({ file, scheme = "light", width = 1280, forced = "none", contrast = "no-preference", media, steps = 0 }) {
  if (!steps && !opened.has(file)) opened.set(file, await open(file));
  const { page, asked } = steps ? await open(file) : opened.get(file);
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ media: media ?? "screen", colorScheme: scheme, forcedColors: forced, contrast });
  // Fonts are fetched when a page is first set, which a busy machine puts off: setting is asked for until they are there.
  await page.waitForFunction(() => {
    document.body.getBoundingClientRect();
    return !document.fonts.size || [...document.fonts].some((font) => font.status === "loaded");
  }, null, { polling: 50, timeout: 20000 }).catch(() => {});
  await page.evaluate(() => document.fonts.ready);
  const found = await page.evaluate((values) => axe.run(document, {
    resultTypes: ["violations", "incomplete"], runOnly: { type: "tag", values },
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  }), tags);
  const told = (results) => results.map((result) => `${result.id}: ${result.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const facts = await page.evaluate(() => ({
    shown: [".skip", ".contents", ".running-foot", ".running-page", ".qr", "h1"].filter(
      (selector) => document.querySelector(selector)?.getClientRects().length),
    scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    fonts: [...document.fonts].filter((font) => font.status === "loaded").map((font) => `${font.family} ${font.weight}`),
  }));
  const ratios = await page.evaluate(contrasts);
  const focus = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press("Tab");
    focus.push(await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      const box = document.activeElement.getBoundingClientRect();
      const seen = box.width > 1 && box.height > 1 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight;
      return { href: document.activeElement.getAttribute("href"), outline: parseFloat(style.outlineWidth), seen };
    }));
  }
  if (process.argv[3]) {
    await page.screenshot({ path: `${process.argv[3]}/${width}-${scheme}-${forced}.png`, fullPage: true });
  }
  if (steps) await page.close();
  return { violations: told(found.violations), incomplete: told(found.incomplete), asked, focus, ratios, ...facts };
}

// The contrast (WCAG 2.2) of each text with what lies behind it; axe gives up where a mark is drawn before the text.
function contrasts() {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const lowest = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [one, other] = [parse(style.color), behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const key = `${style.color} on ${behind(element)}`;
    lowest[key] = ratio;
  }
  return lowest;
}

const results = [];
for (const wish of wishes) results.push(await judge(wish));
await browser.close();
process.stdout.write(JSON.stringify(results));
